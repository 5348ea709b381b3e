package io.unroll.worker.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products whose packing, columns or rows are done in parts have the bits of the whole. */
class ProductPartsTest {
  private static final int PARTS = 3;

  private static final int[][] SHAPES = {
    {1, 13, 7}, {5, 40, 1}, {13, 50, 48}, {20, 513, 207}, {130, 30, 301}, {50, 128, 512}
  };

  /** Kernels for each of the threads, all of one kind. */
  static Stream<List<Kernels>> threads() {
    return Stream.concat(
        Stream.of(IntStream.range(0, PARTS).<Kernels>mapToObj(x -> new PlainKernels()).toList()),
        Stream.of(TileShape.values())
            .map(
                shape ->
                    IntStream.range(0, PARTS)
                        .<Kernels>mapToObj(x -> new VectorKernels(shape))
                        .toList()));
  }

  /** Runs all parts at the same time; when it returns, their writes are seen. */
  private static void together(IntConsumer work) {
    CompletableFuture.allOf(
            IntStream.range(0, PARTS)
                .mapToObj(part -> CompletableFuture.runAsync(() -> work.accept(part)))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  @ParameterizedTest
  @MethodSource("threads")
  void threadsPackAndMultiplyColumnsOfTheirOwn(List<Kernels> kernels) {
    for (int[] shape : SHAPES) {
      Example example = new Example(shape);
      int k = example.k;
      int n = example.n;
      Matrix columnByColumn = Matrix.of(KernelParityTest.transposed(example.b, k, n), k);
      for (Matrix source : List.of(Matrix.of(example.b, n), columnByColumn.transposed())) {
        PackedMatrix right = kernels.get(0).packed(k + 1, n + 1);
        right.begin(k, n);
        together(
            part -> {
              int to = right.cut(part + 1, PARTS);
              right.packColumns(right.cut(part, PARTS), to, source);
            });
        float[] result = new float[example.start.length];
        together(
            part -> {
              Matrix a = Matrix.of(example.a, k);
              Matrix start = Matrix.of(example.start, n);
              int from = right.cut(part, PARTS);
              int to = right.cut(part + 1, PARTS);
              kernels
                  .get(part)
                  .multiply(example.m, from, to, a, right, start, Matrix.of(result, n));
            });
        assertArrayEquals(example.expected(), result, kernels.get(0).name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("threads")
  void rowsAndColumnsMayBeCutAnywhere(List<Kernels> threads) {
    Kernels kernels = threads.get(0);
    for (int[] shape : SHAPES) {
      Example example = new Example(shape);
      int m = example.m;
      int k = example.k;
      int n = example.n;
      PackedMatrix right = kernels.packed(k, n);
      right.pack(k, n, Matrix.of(example.b, n));
      Matrix columnByColumn = Matrix.of(KernelParityTest.transposed(example.a, m, k), m);
      int[] cuts = {0, n / 5, n / 2, n};
      int row = m / 3;
      for (Matrix a : List.of(Matrix.of(example.a, k), columnByColumn.transposed())) {
        float[] result = example.start.clone();
        Matrix c = Matrix.of(result, n);
        for (int x = 0; x + 1 < cuts.length; x++) {
          kernels.multiplyAdd(row, cuts[x], cuts[x + 1], a, right, c);
          kernels.multiplyAdd(m - row, cuts[x], cuts[x + 1], a.from(row), right, c.from(row));
        }
        assertArrayEquals(example.expected(), result, kernels.name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("threads")
  void refusesColumnsThatAreNotThere(List<Kernels> kernels) {
    PackedMatrix right = kernels.get(0).packed(2, 3);
    right.pack(2, 3, Matrix.of(new float[6], 3));
    Matrix a = Matrix.of(new float[2], 2);
    Matrix c = Matrix.of(new float[4], 4);
    assertThrows(
        IndexOutOfBoundsException.class, () -> kernels.get(0).multiplyAdd(1, 2, 4, a, right, c));
  }

  @Test
  void columnsAreCutIntoNearlyEqualNumbersOfPanels() {
    PackedMatrix matrix = new PackedMatrix(1, 100, 16, 8);
    matrix.begin(1, 100);
    assertArrayEquals(new int[] {0, 32, 64, 100}, cuts(matrix, 3));
    assertArrayEquals(new int[] {0, 48, 100}, cuts(matrix, 2));
    assertArrayEquals(new int[] {0, 0, 16, 32, 48, 64, 80, 96, 100}, cuts(matrix, 8));
    matrix.begin(1, 0);
    assertArrayEquals(new int[] {0, 0, 0}, cuts(matrix, 2));
  }

  private static int[] cuts(PackedMatrix matrix, int parts) {
    return IntStream.rangeClosed(0, parts).map(part -> matrix.cut(part, parts)).toArray();
  }

  @Test
  void refusesToPackPartOfAPanel() {
    PackedMatrix matrix = new PackedMatrix(2, 100, 16, 8);
    matrix.begin(2, 100);
    Matrix source = Matrix.of(new float[200], 100);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> matrix.packColumns(16, 40, source));
    assertEquals("Cannot pack columns 16 to 40 of 100: panels have 16", e.getMessage());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> matrix.packColumns(8, 16, source))
            .getMessage()
            .startsWith("Cannot pack columns 8 to 16"));
  }

  /** Random operands of a product. */
  private static final class Example {
    final int m;
    final int k;
    final int n;
    final float[] a;
    final float[] b;
    final float[] start;

    Example(int[] shape) {
      m = shape[0];
      k = shape[1];
      n = shape[2];
      a = KernelParityTest.random(m * k);
      b = KernelParityTest.random(k * n);
      start = KernelParityTest.random(m * n);
    }

    float[] expected() {
      return KernelParityTest.naive(m, k, n, a, b, start);
    }
  }
}
