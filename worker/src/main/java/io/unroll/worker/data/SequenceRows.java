package io.unroll.worker.data;

/** Puts part of one sequence into a row of a window, and masks what the sequence lacks. */
public final class SequenceRows {
  /** What stands where a sequence has ended; its weight is 0, so any token would do. */
  private static final int PADDING = 0;

  private SequenceRows() {}

  /**
   * Fills in row b: prediction t of the window is prediction begin+t of the sequence.
   *
   * @param masked predictions at the start of the sequence that are read but do not count
   */
  public static void fill(Window window, int b, int[] sequence, int begin, int masked) {
    int batch = window.batch();
    int predictions = sequence.length - 1;
    for (int t = 0; t < window.time(); t++) {
      int x = begin + t;
      int cell = t * batch + b;
      boolean within = x < predictions;
      window.inputs()[cell] = within ? sequence[x] : PADDING;
      window.targets()[cell] = within ? sequence[x + 1] : PADDING;
      window.weights()[cell] = within && x >= masked ? 1f : 0f;
    }
  }
}
