package io.unroll.worker.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.worker.math.Updates.AdamFactors;
import io.unroll.worker.math.Updates.RmsPropFactors;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vector kernels give the bits of the plain ones. */
class KernelParityTest {
  private static final Random RANDOM = new Random(42);

  private static final Kernels PLAIN = new PlainKernels();

  /** The reference and the vector kernels with every tile. */
  static Stream<Kernels> all() {
    return Stream.concat(Stream.of(PLAIN), Stream.of(TileShape.values()).map(VectorKernels::new));
  }

  static Stream<Kernels> vectors() {
    return Stream.of(TileShape.values()).map(VectorKernels::new);
  }

  static Stream<int[]> shapes() {
    Stream<int[]> small =
        Stream.iterate(1, size -> size <= 67, size -> size + 1)
            .flatMap(
                size ->
                    Stream.of(
                        new int[] {size, 13, 50},
                        new int[] {13, size, 50},
                        new int[] {13, 50, size},
                        new int[] {1, size, 2 * size},
                        new int[] {size, 68 - size, size}));
    Stream<int[]> large =
        Stream.of(
            new int[] {130, 1030, 207},
            new int[] {50, 512, 2048},
            new int[] {2048, 700, 65},
            new int[] {257, 513, 129});
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
    all()
        .forEach(
            kernels -> {
              assertArrayEquals(expected, product(kernels, m, k, n, a, b, start), kernels.name());
              assertArrayEquals(
                  expected, productOfTransposed(kernels, m, k, n, a, b, start), kernels.name());
            });
  }

  static float[] naive(int m, int k, int n, float[] a, float[] b, float[] start) {
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
    right.pack(k, n, Matrix.of(b, n));
    float[] c = start.clone();
    kernels.multiplyAdd(m, Matrix.of(a, k), right, Matrix.of(c, n));
    return c;
  }

  private static float[] productOfTransposed(
      Kernels kernels, int m, int k, int n, float[] a, float[] b, float[] start) {
    PackedMatrix right = kernels.packed(k, n);
    right.pack(k, n, Matrix.of(transposed(b, k, n), k).transposed());
    float[] c = start.clone();
    Matrix left = Matrix.of(transposed(a, m, k), m).transposed();
    kernels.multiplyAdd(m, left, right, Matrix.of(c, n));
    return c;
  }

  static float[] transposed(float[] matrix, int rows, int columns) {
    float[] result = new float[matrix.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result[j * rows + i] = matrix[i * columns + j];
      }
    }
    return result;
  }

  @ParameterizedTest
  @MethodSource("all")
  void leavesWhatLiesOutsideOfTheResultAlone(Kernels kernels) {
    PackedMatrix right = kernels.packed(4, 3);
    right.pack(4, 3, Matrix.of(random(12), 3));
    float[] c = new float[40];
    kernels.multiplyAdd(2, Matrix.of(random(8), 4), right, Matrix.of(c, 10, 10));
    for (int x = 0; x < c.length; x++) {
      boolean inside = x >= 10 && x < 30 && x % 10 < 3;
      assertEquals(inside, c[x] != 0f, "element " + x);
    }
  }

  static IntStream sizes() {
    return IntStream.concat(IntStream.rangeClosed(1, 67), IntStream.of(128, 200, 650, 1000));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void rowsAreEqualToTheBit(int columns) {
    vectors()
        .forEach(
            vector -> {
              assertArrayEquals(softmax(PLAIN, columns), softmax(vector, columns));
              assertArrayEquals(sums(PLAIN, columns), sums(vector, columns));
            });
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void updatesAreEqualToTheBit(int size) {
    vectors().forEach(vector -> assertArrayEquals(updates(PLAIN, size), updates(vector, size)));
  }

  /** Zeros that are left out change nothing, wherever the spans begin and end. */
  @ParameterizedTest
  @MethodSource("all")
  void sumOfSquaresSkipsZeros(Kernels kernels) {
    for (int size = 1; size <= 67; size++) {
      for (int from = 0; from < size; from++) {
        float[] values = random(size + 40);
        Arrays.fill(values, 0, from, 0f);
        Arrays.fill(values, size, size + 7, 0f);
        Spans spans = Spans.of(from, size);
        spans.add(size + 7, values.length);
        assertEquals(
            PLAIN.sumOfSquares(values, Spans.of(0, values.length), 0, values.length),
            kernels.sumOfSquares(values, spans, 0, values.length));
      }
    }
  }

  private static float[] sums(Kernels kernels, int columns) {
    int rows = 7;
    float[] matrix = ramp(rows * columns);
    float[] sums = ramp(columns + 2);
    int middle = columns / 3;
    kernels.addColumnSums(rows, columns, 0, middle, matrix, sums, 2);
    kernels.addColumnSums(rows, columns, middle, columns, matrix, sums, 2);
    kernels.add(columns, matrix, columns, sums, 1);
    return sums;
  }

  private static float[] updates(Kernels kernels, int size) {
    float[] g = ramp(size);
    float[] p = ramp(size + 1);
    float[] state = new float[2 * p.length];
    float[] v = new float[p.length];
    RmsPropFactors rmsProp = new RmsPropFactors(0.9f, 0.1f, 0.01f, 1e-8f);
    AdamFactors adam = new AdamFactors(0.1f, 0.999f, 0.001f, 0.03f, 0.01f, 1e-8f);
    for (int step = 0; step < 3; step++) {
      kernels.sgd(0, size, p, g, 0.7f, 0.1f);
      kernels.momentum(0, size, p, g, 0.7f, v, 0.9f, 0.1f);
      kernels.nesterov(0, size, p, g, 0.7f, v, 0.9f, 0.1f);
      kernels.rmsProp(0, size, p, g, 0.7f, v, rmsProp);
      kernels.adam(0, size, p, g, 0.7f, state, adam);
      for (int x = 0; x < v.length; x++) {
        v[x] = Math.abs(v[x]);
      }
    }
    return concatenated(p, v, state);
  }

  private static float[] softmax(Kernels kernels, int vocabulary) {
    int rows = 5;
    float[] logits = ramp(rows * vocabulary);
    float[] weights = {1f, 0f, 1f, 0.5f, 1f};
    double[] losses = new double[rows];
    int[] targets = new int[rows];
    Targets all = new Targets(targets, weights, losses, 0);
    kernels.softmaxCrossEntropy(0, 2, vocabulary, logits, all, 0.25f);
    kernels.softmaxCrossEntropy(2, rows, vocabulary, logits, all, 0.25f);
    float[] floats = new float[rows];
    for (int r = 0; r < rows; r++) {
      floats[r] = (float) losses[r];
    }
    return concatenated(logits, floats);
  }

  static float[] ramp(int size) {
    float[] values = new float[size];
    for (int x = 0; x < size; x++) {
      values[x] = (float) Math.sin(x * 0.7) * 12;
    }
    return values;
  }

  static float[] concatenated(float[]... parts) {
    int size = Stream.of(parts).mapToInt(part -> part.length).sum();
    float[] all = new float[size];
    int to = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, to, part.length);
      to += part.length;
    }
    return all;
  }

  static float[] random(int size) {
    float[] values = new float[size];
    for (int x = 0; x < size; x++) {
      values[x] = (float) RANDOM.nextGaussian();
    }
    return values;
  }
}
