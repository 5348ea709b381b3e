package io.unroll.worker.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums over vectors: all kernels give the bits of the formulas, and touch nothing else. */
class SumParityTest {
  /** Before and behind every vector: not to be touched. */
  private static final int MARGIN = 3;

  static IntStream sizes() {
    return IntStream.concat(IntStream.rangeClosed(0, 67), IntStream.of(128, 200, 650, 1000));
  }

  private static float[] vector(int size, int seed) {
    float[] values = new float[MARGIN + size + MARGIN];
    for (int x = 0; x < values.length; x++) {
      values[x] = (float) Math.sin(seed + x * 0.7);
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void dotHasSixteenPartialSumsThatAreHalved(int size) {
    float[] x = vector(size, 1);
    float[] y = vector(size, 2);
    float[] partial = new float[16];
    for (int j = 0; j < size; j++) {
      partial[j % 16] = Math.fma(x[MARGIN + j], y[MARGIN + 1 + j], partial[j % 16]);
    }
    float[] halves = added(added(added(added(partial))));
    KernelParityTest.all()
        .forEach(
            kernels ->
                assertEquals(
                    halves[0], kernels.dot(size, x, MARGIN, y, MARGIN + 1), kernels.name()));
  }

  private static float[] added(float[] sums) {
    float[] halved = new float[sums.length / 2];
    for (int j = 0; j < halved.length; j++) {
      halved[j] = sums[j] + sums[j + halved.length];
    }
    return halved;
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void multiplesAreAddedToTheBit(int size) {
    float[] x = vector(size, 3);
    float[] expected = vector(size, 4);
    for (int j = 0; j < size; j++) {
      expected[MARGIN + j] = Math.fma(0.3f, x[MARGIN + 1 + j], expected[MARGIN + j]);
    }
    KernelParityTest.all()
        .forEach(
            kernels -> {
              float[] y = vector(size, 4);
              kernels.addMultiple(size, 0.3f, x, MARGIN + 1, y, MARGIN);
              assertArrayEquals(expected, y, kernels.name());
            });
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void gradientsOfEnergiesAreEqualToTheBit(int size) {
    float[] u = vector(size, 5);
    float[] v = vector(size, 6);
    List<float[]> expected = gradients(size);
    for (int a = 0; a < size; a++) {
      float tanh = u[1 + a];
      float d = 0.7f * v[2 + a] * (1 - tanh * tanh);
      expected.get(0)[MARGIN + a] += 0.7f * tanh;
      expected.get(1)[MARGIN + a] += d;
      expected.get(2)[a] += d;
    }
    KernelParityTest.all()
        .forEach(
            kernels -> {
              List<float[]> actual = gradients(size);
              kernels.energyBackward(
                  size,
                  0.7f,
                  Matrix.of(u, 1, size),
                  Matrix.of(v, 2, size),
                  Matrix.of(actual.get(0), MARGIN, size),
                  Matrix.of(actual.get(1), MARGIN, size),
                  Matrix.of(actual.get(2), 0, size));
              for (int x = 0; x < expected.size(); x++) {
                assertArrayEquals(expected.get(x), actual.get(x), kernels.name() + ", array " + x);
              }
            });
  }

  /** By v, by q and by k, with something in them. */
  private static List<float[]> gradients(int size) {
    return List.of(vector(size, 7), vector(size, 8), vector(size, 9));
  }
}
