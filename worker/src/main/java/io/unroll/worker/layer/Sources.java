package io.unroll.worker.layer;

import io.unroll.worker.data.Window;
import java.util.Arrays;

/**
 * What the sequences of a pass are about: the axis of the source that was read, and which of its
 * sequences each of them belongs to.
 *
 * @param axis of the source
 * @param sequences number of the source's sequence that sequence b belongs to; empty: b. Not copied
 * @param texts predictions of each sequence, where what is written is known; not copied
 */
public record Sources(Axis axis, int[] sequences, int[] texts) {
  private static final int[] THE_SAME = new int[0];
  private static final int[] UNKNOWN = new int[0];

  /** Nothing was read. */
  public static final Sources NONE = new Sources(new Axis(0, 0), THE_SAME);

  /** What is written is not known yet. */
  public Sources(Axis axis, int[] sequences) {
    this(axis, sequences, UNKNOWN);
  }

  /** Each sequence is about the one of its own number. */
  public static Sources of(Window window) {
    return new Sources(Axis.of(window), THE_SAME, window.textLengths());
  }

  /** Predictions of sequence b. */
  int text(int b) {
    return texts[b];
  }

  /** Those of all sequences. */
  int predictions() {
    return Arrays.stream(texts).sum();
  }

  /** The source's sequence that sequence b belongs to. */
  int of(int b) {
    return sequences.length == 0 ? b : sequences[b];
  }
}
