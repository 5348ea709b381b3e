package io.unroll.worker.data;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * Sequences that are trained side by side, as somebody else has put them together: tokens read, and
 * the token to predict at each. All arrays are time-major: element (t, b) at t·B + b.
 *
 * @param time steps of the longest sequence
 * @param batch B, sequences
 * @param inputs tokens read, (time, B); any token where a sequence has ended
 * @param targets tokens to predict, likewise
 * @param counts whether a prediction counts, likewise
 */
public record Minibatch(int time, int batch, int[] inputs, int[] targets, boolean[] counts)
    implements Serializable {
  public Minibatch {
    long elements = (long) time * batch;
    if (time < 1 || batch < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid minibatch: %d steps of %d sequences (expected at least 1)",
              time,
              batch));
    }
    if (inputs.length != elements || targets.length != elements || counts.length != elements) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid minibatch: %d inputs, %d targets and %d marks for %d steps of %d sequences",
              inputs.length,
              targets.length,
              counts.length,
              time,
              batch));
    }
  }

  /** Predictions that count. */
  public int predictions() {
    int predictions = 0;
    for (boolean counted : counts) {
      predictions += counted ? 1 : 0;
    }
    return predictions;
  }

  /** Several side by side, in their order; what the shorter lack does not count. */
  public static Minibatch sideBySide(List<Minibatch> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int time = parts.stream().mapToInt(Minibatch::time).max().orElseThrow();
    int batch = parts.stream().mapToInt(Minibatch::batch).sum();
    int[] inputs = new int[Math.multiplyExact(time, batch)];
    int[] targets = new int[inputs.length];
    boolean[] counts = new boolean[inputs.length];
    int column = 0;
    for (Minibatch part : parts) {
      for (int t = 0; t < part.time; t++) {
        int from = t * part.batch;
        int to = t * batch + column;
        System.arraycopy(part.inputs, from, inputs, to, part.batch);
        System.arraycopy(part.targets, from, targets, to, part.batch);
        System.arraycopy(part.counts, from, counts, to, part.batch);
      }
      column += part.batch;
    }
    return new Minibatch(time, batch, inputs, targets, counts);
  }
}
