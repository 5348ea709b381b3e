package io.unroll.worker.decode;

import io.unroll.worker.data.Window;

/**
 * A model that reads sources and writes about each of them, token by token: an encoder-decoder. It
 * keeps nothing of what is written but the state, so that a search may continue, repeat, reorder or
 * drop rows as it likes. What it says of a row depends on that row and its source alone. Not
 * thread-safe.
 *
 * <p>Letters: B sequences of a window, S steps of it, H numbers of a block of the state, V tokens
 * of the vocabulary that is written.
 */
public interface Generator {
  /** V of what is written. */
  int vocabulary();

  /** H: the state of several rows is (blocks, rows, H). */
  int stateWidth();

  /** Floats of the state of one row: blocks · H. */
  int stateSize();

  /**
   * Reads the sources of a window, and keeps what {@link #next} needs of them until the next call.
   *
   * @param sources B sequences
   * @param state receives (blocks, B, H): the state before the first token about each source; may
   *     be longer
   */
  void read(Window sources, float[] state);

  /**
   * One step of some rows.
   *
   * @param tokens what each row wrote last, the begin token at first; may be longer than rows
   * @param sources which sequence of the window read last each row is about; may be longer than
   *     rows
   * @param rows of this step, at least 1
   * @param state (blocks, rows, H), advanced in place; may be longer
   * @param logits receives (rows, V); may be longer
   */
  void next(int[] tokens, int[] sources, int rows, float[] state, float[] logits);

  /**
   * What the rows of the last step looked at.
   *
   * @param rows of the last step
   * @return weights of the S steps of the source, (rows, S), of exactly this length; empty where
   *     the model has no attention
   */
  float[] attention(int rows);
}
