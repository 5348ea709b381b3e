package io.unroll.worker.layer;

/** What the gates of a recurrent layer may read. */
public sealed interface LayerInput permits Embedding, Signal, EveryStep, Attention {
  /** Numbers that are read in a step. */
  int size();
}
