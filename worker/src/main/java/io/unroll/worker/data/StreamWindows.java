package io.unroll.worker.data;

import java.util.Locale;

/**
 * Running text of one lane as B contiguous streams side by side, cut into windows of T steps. Of n
 * predictions, stream b has those from b·S to (b+1)·S - 1, where S = ⌊n/B⌋; the last window of an
 * epoch is shorter. Recurrent state is carried from window to window and is fresh only at the start
 * of an epoch. Every epoch is the same.
 */
public final class StreamWindows implements WindowSource {
  private final int[] tokens;
  private final int batch;
  private final int window;
  private final int length;

  /**
   * Lays the streams over a text.
   *
   * @param tokens n+1 tokens, of which all but the first are predicted; not copied
   * @param batch B, streams side by side
   * @param window T, steps of a window
   * @throws IllegalArgumentException if the text is too short to give every stream a prediction
   */
  public StreamWindows(int[] tokens, int batch, int window) {
    if (batch < 1 || window < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot cut a text into %d streams and windows of %d steps (expected at least 1)",
              batch,
              window));
    }
    if (tokens.length - 1 < batch) {
      throw new IllegalArgumentException(tooShort(tokens.length, batch));
    }
    this.tokens = tokens;
    this.batch = batch;
    this.window = window;
    this.length = (tokens.length - 1) / batch;
  }

  private static String tooShort(int tokens, int batch) {
    String remedy =
        tokens < 2
            ? "; use more text or fewer lanes"
            : String.format(
                Locale.ROOT,
                "; lower training.batch to at most %d, or use more text or fewer lanes",
                tokens - 1);
    return String.format(
        Locale.ROOT,
        "Cannot cut %d tokens into %d streams: each needs at least one prediction%s",
        tokens,
        batch,
        remedy);
  }

  /** Predictions at the end of the text that no epoch makes: fewer than B. */
  public int skipped() {
    return tokens.length - 1 - length * batch;
  }

  @Override
  public int steps(int epoch) {
    return (length - 1) / window + 1;
  }

  @Override
  public void load(int epoch, int step, Window target) {
    int begin = step * window;
    int time = Math.min(window, length - begin);
    target.begin(time, batch, step == 0);
    int[] inputs = target.inputs();
    int[] targets = target.targets();
    for (int b = 0; b < batch; b++) {
      int from = b * length + begin;
      for (int t = 0; t < time; t++) {
        inputs[t * batch + b] = tokens[from + t];
        targets[t * batch + b] = tokens[from + t + 1];
      }
    }
  }
}
