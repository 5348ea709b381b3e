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
  public void gruReset(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousH,
      int previousHOffset,
      float[] reset,
      int resetOffset) {
    for (int b = 0; b < batch; b++) {
      int r = gatesOffset + b * 3 * hidden;
      int s = b * hidden;
      sigmoid(2 * hidden, gates, r);
      for (int j = 0; j < hidden; j++) {
        reset[resetOffset + s + j] = gates[r + j] * previousH[previousHOffset + s + j];
      }
    }
  }

  @Override
  public void gruForward(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousH,
      int previousHOffset,
      float[] h,
      int hOffset) {
    for (int b = 0; b < batch; b++) {
      int z = gatesOffset + (b * 3 + 1) * hidden;
      int n = z + hidden;
      int s = b * hidden;
      rnnForward(hidden, gates, n, gates, n);
      for (int j = 0; j < hidden; j++) {
        float previous = previousH[previousHOffset + s + j];
        h[hOffset + s + j] = Math.fma(gates[z + j], gates[n + j] - previous, previous);
      }
    }
  }

  @Override
  public void gruBackward(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousH,
      int previousHOffset,
      float[] dh,
      int dhOffset,
      float[] dPreviousH,
      int dPreviousHOffset) {
    for (int b = 0; b < batch; b++) {
      int row = gatesOffset + (b * 3 + 1) * hidden;
      int s = b * hidden;
      for (int j = 0; j < hidden; j++) {
        float z = gates[row + j];
        float n = gates[row + hidden + j];
        float previous = previousH[previousHOffset + s + j];
        float up = dh[dhOffset + s + j];
        gates[row + j] = up * (n - previous) * Math.fma(-z, z, z);
        gates[row + hidden + j] = up * z * Math.fma(-n, n, 1f);
        dPreviousH[dPreviousHOffset + s + j] += Math.fma(-z, up, up);
      }
    }
  }

  @Override
  public void gruResetBackward(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousH,
      int previousHOffset,
      float[] dReset,
      int dResetOffset,
      float[] dPreviousH,
      int dPreviousHOffset) {
    for (int b = 0; b < batch; b++) {
      int row = gatesOffset + b * 3 * hidden;
      int s = b * hidden;
      for (int j = 0; j < hidden; j++) {
        float r = gates[row + j];
        float up = dReset[dResetOffset + s + j];
        int to = dPreviousHOffset + s + j;
        gates[row + j] = up * previousH[previousHOffset + s + j] * Math.fma(-r, r, r);
        dPreviousH[to] = Math.fma(up, r, dPreviousH[to]);
      }
    }
  }

  @Override
  public void gruResetAfterForward(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] recurrent,
      int recurrentOffset,
      float[] previousH,
      int previousHOffset,
      float[] h,
      int hOffset) {
    for (int b = 0; b < batch; b++) {
      int r = gatesOffset + b * 3 * hidden;
      int z = r + hidden;
      int n = z + hidden;
      int q = recurrentOffset + b * 3 * hidden;
      int s = b * hidden;
      for (int j = 0; j < 2 * hidden; j++) {
        gates[r + j] += recurrent[q + j];
      }
      sigmoid(2 * hidden, gates, r);
      for (int j = 0; j < hidden; j++) {
        gates[n + j] = Math.fma(gates[r + j], recurrent[q + 2 * hidden + j], gates[n + j]);
      }
      rnnForward(hidden, gates, n, gates, n);
      for (int j = 0; j < hidden; j++) {
        float candidate = gates[n + j];
        float difference = previousH[previousHOffset + s + j] - candidate;
        h[hOffset + s + j] = Math.fma(gates[z + j], difference, candidate);
      }
    }
  }

  @Override
  public void gruResetAfterBackward(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] recurrent,
      int recurrentOffset,
      float[] previousH,
      int previousHOffset,
      float[] dh,
      int dhOffset,
      float[] dPreviousH,
      int dPreviousHOffset) {
    for (int b = 0; b < batch; b++) {
      int row = gatesOffset + b * 3 * hidden;
      int back = recurrentOffset + b * 3 * hidden;
      int s = b * hidden;
      for (int j = 0; j < hidden; j++) {
        float r = gates[row + j];
        float z = gates[row + hidden + j];
        float n = gates[row + 2 * hidden + j];
        float up = dh[dhOffset + s + j];
        int to = dPreviousHOffset + s + j;
        float dz = up * (previousH[previousHOffset + s + j] - n) * Math.fma(-z, z, z);
        float dn = Math.fma(-z, up, up) * Math.fma(-n, n, 1f);
        float dr = dn * recurrent[back + 2 * hidden + j] * Math.fma(-r, r, r);
        gates[row + j] = dr;
        gates[row + hidden + j] = dz;
        gates[row + 2 * hidden + j] = dn;
        recurrent[back + j] = dr;
        recurrent[back + hidden + j] = dz;
        recurrent[back + 2 * hidden + j] = dn * r;
        dPreviousH[to] = Math.fma(up, z, dPreviousH[to]);
      }
    }
  }

  @Override
  public void softmaxCrossEntropy(
      int rows,
      int vocabulary,
      float[] logits,
      int[] targets,
      float[] weights,
      int first,
      float scale,
      double[] losses) {
    for (int r = 0; r < rows; r++) {
      float weight = weights[first + r];
      int row = r * vocabulary;
      int target = row + targets[first + r];
      float max = max(logits, row, vocabulary);
      float targetLogit = logits[target] - max;
      exp(vocabulary, logits, row, max);
      float sum = sum(logits, row, vocabulary);
      // StrictMath: the same loss on every machine.
      losses[first + r] = weight * (StrictMath.log(sum) - targetLogit);
      float factor = scale * weight / sum;
      for (int j = row; j < row + vocabulary; j++) {
        logits[j] *= factor;
      }
      logits[target] -= scale * weight;
    }
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
