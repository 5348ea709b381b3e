package io.unroll.bench.dl4j;

import java.util.Map;

/** Something that trains on the same minibatches again and again. */
interface Trainer extends AutoCloseable {
  /**
   * Trains once on all minibatches.
   *
   * @return tokens trained on
   */
  long fit();

  /**
   * Trains on a part of the minibatches.
   *
   * @return tokens trained on
   */
  long warmUp();

  /** Loss of the last minibatch, in nats per token. */
  double loss();

  /** Settings that decide the speed, for the report. */
  Map<String, Object> settings();

  @Override
  void close();
}
