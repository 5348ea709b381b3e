package io.unroll.worker.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vector kernels give the bits of the plain ones. */
class KernelParityTest {
  private static final Random RANDOM = new Random(42);

  static Stream<int[]> shapes() {
    Stream<int[]> small =
        Stream.iterate(1, size -> size <= 67, size -> size + 1)
            .flatMap(
                size ->
                    Stream.of(
                        new int[] {size, 13, 50},
                        new int[] {13, size, 50},
                        new int[] {13, 50, size}));
    Stream<int[]> large =
        Stream.of(new int[] {130, 1030, 207}, new int[] {50, 512, 2048}, new int[] {2048, 700, 65});
    return Stream.concat(small, large);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void productsAreEqualToTheBit(int[] shape) {
    int m = shape[0];
    int k = shape[1];
    int n = shape[2];
    float[] a = random(m * k);
    float[] b = random(k * n);
    float[] start = random(m * n);
    float[] expected = naive(m, k, n, a, b, start);
    for (Kernels kernels : new Kernels[] {new PlainKernels(), new VectorKernels()}) {
      assertArrayEquals(expected, product(kernels, m, k, n, a, b, start), kernels.name());
      assertArrayEquals(
          expected, productOfTransposed(kernels, m, k, n, a, b, start), kernels.name());
    }
  }

  private static float[] naive(int m, int k, int n, float[] a, float[] b, float[] start) {
    float[] c = start.clone();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int x = 0; x < k; x++) {
          c[i * n + j] = Math.fma(a[i * k + x], b[x * n + j], c[i * n + j]);
        }
      }
    }
    return c;
  }

  private static float[] product(
      Kernels kernels, int m, int k, int n, float[] a, float[] b, float[] start) {
    PackedMatrix right = kernels.packed(k + 3, n + 5);
    right.pack(b, 0, k, n, n, 1);
    float[] c = start.clone();
    kernels.multiplyAdd(m, a, 0, k, 1, right, c, 0, n);
    return c;
  }

  private static float[] productOfTransposed(
      Kernels kernels, int m, int k, int n, float[] a, float[] b, float[] start) {
    PackedMatrix right = kernels.packed(k, n);
    right.pack(transposed(b, k, n), 0, k, n, 1, k);
    float[] c = start.clone();
    kernels.multiplyAdd(m, transposed(a, m, k), 0, 1, m, right, c, 0, n);
    return c;
  }

  private static float[] transposed(float[] matrix, int rows, int columns) {
    float[] result = new float[matrix.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result[j * rows + i] = matrix[i * columns + j];
      }
    }
    return result;
  }

  @Test
  void leavesWhatLiesOutsideOfTheResultAlone() {
    for (Kernels kernels : new Kernels[] {new PlainKernels(), new VectorKernels()}) {
      PackedMatrix right = kernels.packed(4, 3);
      right.pack(random(12), 0, 4, 3, 3, 1);
      float[] c = new float[40];
      kernels.multiplyAdd(2, random(8), 0, 4, 1, right, c, 10, 10);
      for (int x = 0; x < c.length; x++) {
        boolean inside = x >= 10 && x < 30 && x % 10 < 3;
        assertEquals(inside, c[x] != 0f, "element " + x);
      }
    }
  }

  @Test
  void passesOverElementsAreEqualToTheBit() {
    Kernels plain = new PlainKernels();
    Kernels vector = new VectorKernels();
    for (int size = 1; size <= 67; size++) {
      float[] values = random(size * 7);
      values[0] = 100f;
      values[size - 1] = Float.NaN;
      float[] expected = new float[values.length];
      float[] actual = new float[values.length];
      plain.rnnForward(values.length, values, 0, expected, 0);
      vector.rnnForward(values.length, values, 0, actual, 0);
      assertArrayEquals(expected, actual);
      assertArrayEquals(lstmForward(plain, size), lstmForward(vector, size));
      assertArrayEquals(gru(plain, size), gru(vector, size));
      assertArrayEquals(gruResetAfter(plain, size), gruResetAfter(vector, size));
      assertArrayEquals(softmax(plain, size), softmax(vector, size));
    }
  }

  private static float[] lstmForward(Kernels kernels, int hidden) {
    int batch = 3;
    float[] gates = ramp(batch * 4 * hidden);
    float[] previous = ramp(batch * hidden);
    float[] c = new float[batch * hidden];
    float[] tanhC = new float[batch * hidden];
    float[] h = new float[batch * hidden];
    kernels.lstmForward(batch, hidden, gates, 0, previous, 0, c, 0, tanhC, 0, h, 0);
    return concatenated(gates, c, tanhC, h);
  }

  private static float[] softmax(Kernels kernels, int vocabulary) {
    int rows = 5;
    float[] logits = ramp(rows * vocabulary);
    float[] weights = {1f, 0f, 1f, 0.5f, 1f};
    double[] losses = new double[rows];
    int[] targets = new int[rows];
    kernels.softmaxCrossEntropy(rows, vocabulary, logits, targets, weights, 0, 0.25f, losses);
    float[] floats = new float[rows];
    for (int r = 0; r < rows; r++) {
      floats[r] = (float) losses[r];
    }
    return concatenated(logits, floats);
  }

  private static float[] gru(Kernels kernels, int hidden) {
    int batch = 3;
    float[] gates = ramp(batch * 3 * hidden);
    float[] previous = ramp(batch * hidden);
    float[] reset = new float[batch * hidden];
    float[] h = new float[batch * hidden];
    kernels.gruReset(batch, hidden, gates, 0, previous, 0, reset, 0);
    kernels.gruForward(batch, hidden, gates, 0, previous, 0, h, 0);
    return concatenated(gates, reset, h);
  }

  private static float[] gruResetAfter(Kernels kernels, int hidden) {
    int batch = 3;
    float[] gates = ramp(batch * 3 * hidden);
    float[] recurrent = ramp(batch * 3 * hidden);
    float[] previous = ramp(batch * hidden);
    float[] h = new float[batch * hidden];
    kernels.gruResetAfterForward(batch, hidden, gates, 0, recurrent, 0, previous, 0, h, 0);
    return concatenated(gates, h);
  }

  private static float[] ramp(int size) {
    float[] values = new float[size];
    for (int x = 0; x < size; x++) {
      values[x] = (float) Math.sin(x * 0.7) * 12;
    }
    return values;
  }

  private static float[] concatenated(float[]... parts) {
    int size = Stream.of(parts).mapToInt(part -> part.length).sum();
    float[] all = new float[size];
    int to = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, to, part.length);
      to += part.length;
    }
    return all;
  }

  private static float[] random(int size) {
    float[] values = new float[size];
    for (int x = 0; x < size; x++) {
      values[x] = (float) RANDOM.nextGaussian();
    }
    return values;
  }
}
