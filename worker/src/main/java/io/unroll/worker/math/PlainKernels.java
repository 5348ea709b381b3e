package io.unroll.worker.math;

/** The reference: plain loops, each as its formula reads. Stateless. */
public class PlainKernels implements Kernels {
  @Override
  public String name() {
    return "plain";
  }

  @Override
  public PackedMatrix packed(int maxRows, int maxColumns) {
    return new PackedMatrix(maxRows, maxColumns, PARTIAL_SUMS);
  }

  @Override
  public void multiplyAdd(
      int m,
      float[] a,
      int aOffset,
      int aRowStride,
      int aColumnStride,
      PackedMatrix b,
      float[] c,
      int cOffset,
      int cRowStride) {
    int k = b.rows();
    int n = b.columns();
    int width = b.width();
    float[] panels = b.panels();
    for (int first = 0; first < n; first += width) {
      int last = Math.min(n, first + width);
      for (int i = 0; i < m; i++) {
        int row = cOffset + i * cRowStride;
        for (int x = 0; x < k; x++) {
          float left = a[aOffset + i * aRowStride + x * aColumnStride];
          int right = first * k + x * width - first;
          for (int j = first; j < last; j++) {
            c[row + j] = Math.fma(left, panels[right + j], c[row + j]);
          }
        }
      }
    }
  }

  @Override
  public void rnnForward(int count, float[] a, int aOffset, float[] h, int hOffset) {
    for (int x = 0; x < count; x++) {
      h[hOffset + x] = Functions.tanh(a[aOffset + x]);
    }
  }

  @Override
  public void rnnBackward(
      int count, float[] dh, int dhOffset, float[] h, int hOffset, float[] da, int daOffset) {
    for (int x = 0; x < count; x++) {
      float state = h[hOffset + x];
      da[daOffset + x] = dh[dhOffset + x] * Math.fma(-state, state, 1f);
    }
  }

  @Override
  public void lstmForward(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousC,
      int previousCOffset,
      float[] c,
      int cOffset,
      float[] tanhC,
      int tanhCOffset,
      float[] h,
      int hOffset) {
    for (int b = 0; b < batch; b++) {
      int i = gatesOffset + b * 4 * hidden;
      int f = i + hidden;
      int g = f + hidden;
      int o = g + hidden;
      int s = b * hidden;
      sigmoid(2 * hidden, gates, i);
      rnnForward(hidden, gates, g, gates, g);
      sigmoid(hidden, gates, o);
      for (int j = 0; j < hidden; j++) {
        c[cOffset + s + j] =
            Math.fma(gates[f + j], previousC[previousCOffset + s + j], gates[i + j] * gates[g + j]);
      }
      rnnForward(hidden, c, cOffset + s, tanhC, tanhCOffset + s);
      for (int j = 0; j < hidden; j++) {
        h[hOffset + s + j] = gates[o + j] * tanhC[tanhCOffset + s + j];
      }
    }
  }

  /** Overwrites count values from offset on by their sigmoid. */
  void sigmoid(int count, float[] values, int offset) {
    for (int x = offset; x < offset + count; x++) {
      values[x] = Functions.sigmoid(values[x]);
    }
  }

  @Override
  public void lstmBackward(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousC,
      int previousCOffset,
      float[] tanhC,
      int tanhCOffset,
      float[] dh,
      int dhOffset,
      float[] dc) {
    for (int b = 0; b < batch; b++) {
      int row = gatesOffset + b * 4 * hidden;
      int s = b * hidden;
      for (int j = 0; j < hidden; j++) {
        float i = gates[row + j];
        float f = gates[row + hidden + j];
        float g = gates[row + 2 * hidden + j];
        float o = gates[row + 3 * hidden + j];
        float t = tanhC[tanhCOffset + s + j];
        float up = dh[dhOffset + s + j];
        float cell = Math.fma(up * o, Math.fma(-t, t, 1f), dc[s + j]);
        gates[row + j] = cell * g * Math.fma(-i, i, i);
        gates[row + hidden + j] = cell * previousC[previousCOffset + s + j] * Math.fma(-f, f, f);
        gates[row + 2 * hidden + j] = cell * i * Math.fma(-g, g, 1f);
        gates[row + 3 * hidden + j] = up * t * Math.fma(-o, o, o);
        dc[s + j] = cell * f;
      }
    }
  }

  @Override
  public double softmaxCrossEntropy(
      int rows, int vocabulary, float[] logits, int[] targets, float[] weights, float scale) {
    double loss = 0;
    for (int r = 0; r < rows; r++) {
      float weight = weights == null ? 1f : weights[r];
      int row = r * vocabulary;
      int target = row + targets[r];
      float max = max(logits, row, vocabulary);
      float targetLogit = logits[target] - max;
      exp(vocabulary, logits, row, max);
      float sum = sum(logits, row, vocabulary);
      loss += weight * (Math.log(sum) - targetLogit);
      float factor = scale * weight / sum;
      for (int j = row; j < row + vocabulary; j++) {
        logits[j] *= factor;
      }
      logits[target] -= scale * weight;
    }
    return loss;
  }

  /** Overwrites count values from offset on by exp(value - shift). */
  void exp(int count, float[] values, int offset, float shift) {
    for (int x = offset; x < offset + count; x++) {
      values[x] = Functions.exp(values[x] - shift);
    }
  }

  float max(float[] values, int from, int count) {
    float max = Float.NEGATIVE_INFINITY;
    for (int j = from; j < from + count; j++) {
      max = Math.max(max, values[j]);
    }
    return max;
  }

  private float sum(float[] values, int from, int count) {
    float[] partial = new float[PARTIAL_SUMS];
    addPartialSums(count, values, from, partial);
    for (int half = PARTIAL_SUMS / 2; half > 0; half /= 2) {
      for (int j = 0; j < half; j++) {
        partial[j] += partial[j + half];
      }
    }
    return partial[0];
  }

  /** Adds value j to partial sum j mod 16. */
  void addPartialSums(int count, float[] values, int from, float[] partial) {
    for (int j = 0; j < count; j++) {
      partial[j % PARTIAL_SUMS] += values[from + j];
    }
  }

  @Override
  public void addColumnSums(int rows, int columns, float[] matrix, float[] sums, int sumsOffset) {
    for (int r = 0; r < rows; r++) {
      int row = r * columns;
      for (int j = 0; j < columns; j++) {
        sums[sumsOffset + j] += matrix[row + j];
      }
    }
  }

  @Override
  public double sumOfSquares(float[] values, int from, int to) {
    double[] partial = new double[PARTIAL_SUMS];
    for (int x = from; x < to; x++) {
      double value = values[x];
      int lane = (x - from) % PARTIAL_SUMS;
      partial[lane] = Math.fma(value, value, partial[lane]);
    }
    for (int half = PARTIAL_SUMS / 2; half > 0; half /= 2) {
      for (int j = 0; j < half; j++) {
        partial[j] += partial[j + half];
      }
    }
    return partial[0];
  }
}
