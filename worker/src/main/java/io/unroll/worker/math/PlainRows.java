package io.unroll.worker.math;

/** {@link Rows} as plain loops. */
interface PlainRows extends Rows {
  @Override
  default void softmaxCrossEntropy(
      int from, int to, int vocabulary, float[] logits, Targets targets, float scale) {
    for (int r = from; r < to; r++) {
      int x = targets.first() + r;
      float weight = targets.weights()[x];
      int row = r * vocabulary;
      int target = row + targets.tokens()[x];
      float max = max(logits, row, row + vocabulary);
      float targetLogit = logits[target] - max;
      float sum = exponentials(logits, row, row + vocabulary, max);
      // StrictMath: the same loss on every machine.
      targets.losses()[x] = weight * (StrictMath.log(sum) - targetLogit);
      multiply(logits, row, row + vocabulary, scale * weight / sum);
      logits[target] -= scale * weight;
    }
  }

  @Override
  default float max(float[] values, int from, int to) {
    float max = Float.NEGATIVE_INFINITY;
    for (int x = from; x < to; x++) {
      max = Math.max(max, values[x]);
    }
    return max;
  }

  @Override
  default float exponentials(float[] values, int from, int to, float shift) {
    float[] partial = new float[PARTIAL_SUMS];
    addExponentials(values, from, from, to, shift, partial);
    return total(partial);
  }

  /** Those of values[begin … to); element x is added to partial sum (x - from) mod 16. */
  static void addExponentials(
      float[] values, int from, int begin, int to, float shift, float[] partial) {
    for (int x = begin; x < to; x++) {
      values[x] = Functions.exp(values[x] - shift);
      partial[(x - from) % PARTIAL_SUMS] += values[x];
    }
  }

  /** The sum of the partial sums, halved again and again; overwrites them. */
  static float total(float[] partial) {
    for (int half = PARTIAL_SUMS / 2; half > 0; half /= 2) {
      for (int j = 0; j < half; j++) {
        partial[j] += partial[j + half];
      }
    }
    return partial[0];
  }

  /** Multiplies values[from … to) by a factor. */
  default void multiply(float[] values, int from, int to, float factor) {
    for (int x = from; x < to; x++) {
      values[x] *= factor;
    }
  }

  @Override
  default void add(int count, float[] source, int from, float[] target, int to) {
    for (int x = 0; x < count; x++) {
      target[to + x] += source[from + x];
    }
  }

  @Override
  default void addColumnSums(
      int rows, int columns, int from, int to, float[] matrix, float[] sums, int sumsOffset) {
    for (int r = 0; r < rows; r++) {
      for (int j = from; j < to; j++) {
        sums[sumsOffset + j] += matrix[r * columns + j];
      }
    }
  }

  @Override
  default double sumOfSquares(float[] values, Spans spans, int from, int to) {
    double[] partial = new double[PARTIAL_SUMS];
    for (int s = 0; s < spans.count(); s++) {
      int first = Math.max(from, spans.from(s));
      int end = Math.min(to, spans.to(s));
      if (first < end) {
        addSquares(values, first, end, partial);
      }
    }
    for (int half = PARTIAL_SUMS / 2; half > 0; half /= 2) {
      for (int j = 0; j < half; j++) {
        partial[j] += partial[j + half];
      }
    }
    return partial[0];
  }

  /** Adds the square of element x to partial sum x mod 16. */
  default void addSquares(float[] values, int from, int to, double[] partial) {
    for (int x = from; x < to; x++) {
      double value = values[x];
      partial[x % PARTIAL_SUMS] = Math.fma(value, value, partial[x % PARTIAL_SUMS]);
    }
  }
}
