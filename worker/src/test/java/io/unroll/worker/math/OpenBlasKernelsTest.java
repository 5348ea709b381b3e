package io.unroll.worker.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products of OpenBLAS are those of the plain kernels, but for the rounding of sums. */
class OpenBlasKernelsTest {
  /**
   * What lies around an operand in its array, and between its rows: a product must not touch it.
   */
  private static final int MARGIN = 7;

  private static final int PARTS = 3;

  private final Random random = new Random(42);
  private final Kernels plain = new PlainKernels();
  private final Kernels openBlas = new OpenBlasKernels();

  static Stream<int[]> shapes() {
    Stream<int[]> small =
        IntStream.rangeClosed(1, 20)
            .boxed()
            .flatMap(
                size ->
                    Stream.of(
                        new int[] {size, 13, 50},
                        new int[] {13, size, 50},
                        new int[] {13, 50, size},
                        new int[] {size, size, size}));
    Stream<int[]> large =
        Stream.of(
            new int[] {1, 512, 2048},
            new int[] {20, 512, 2048},
            new int[] {50, 512, 2048},
            new int[] {130, 1030, 207},
            new int[] {700, 2500, 65});
    return Stream.concat(small, large);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void productsAreEqualWithinRounding(int[] shape) {
    for (Order left : Order.values()) {
      for (Order right : Order.PACKABLE) {
        Operand a = new Operand(shape[0], shape[1], left);
        Operand b = new Operand(shape[1], shape[2], right);
        Operand c = new Operand(shape[0], shape[2], Order.ROWS);
        float[] expected = multiplyAdd(plain, a, b, c);
        float[] actual = multiplyAdd(openBlas, a, b, c);
        float[] parts = multiplyAddInParts(openBlas, a, b, c);
        float[] bound = multiplyAdd(plain, a.absolute(), b.absolute(), c.absolute());
        for (int x = 0; x < expected.length; x++) {
          double tolerance = tolerance(shape[1], bound[x]);
          assertEquals(expected[x], actual[x], tolerance, "element " + x);
          assertEquals(expected[x], parts[x], tolerance, "in parts, element " + x);
        }
      }
    }
  }

  /**
   * Two sums of k products and a start value, in any order, differ by 2 k u Σ|a||b| at most, with u
   * = 2^-24 (Higham 2002, section 3.1). Outside of C the bound must hold too: there it is the value
   * itself that both leave alone.
   */
  private static double tolerance(int k, float sumOfAbsolutes) {
    return 2 * (k + 1) * 0x1p-24 * sumOfAbsolutes;
  }

  @Test
  void leavesWhatLiesOutsideOfTheResultAlone() {
    Operand c = new Operand(5, 3, Order.ROWS_APART);
    float[] product =
        multiplyAdd(openBlas, new Operand(5, 4, Order.ROWS), new Operand(4, 3, Order.ROWS), c);
    for (int x = 0; x < product.length; x++) {
      boolean inside =
          x >= c.offset && (x - c.offset) / c.rowStride < 5 && (x - c.offset) % c.rowStride < 3;
      assertEquals(inside, product[x] != c.values[x], "element " + x);
    }
  }

  @Test
  void sameOperandsGiveTheSameBits() {
    Operand a = new Operand(50, 300, Order.ROWS);
    Operand b = new Operand(300, 400, Order.ROWS);
    Operand c = new Operand(50, 400, Order.ROWS);
    assertArrayEquals(multiplyAdd(openBlas, a, b, c), multiplyAdd(new OpenBlasKernels(), a, b, c));
  }

  @Test
  void aSmallProductAfterALargeOneIsRight() {
    Operand large = new Operand(60, 60, Order.ROWS);
    multiplyAdd(openBlas, large, large, large);
    productsAreEqualWithinRounding(new int[] {2, 3, 4});
  }

  @Test
  void usesOneThread() {
    assertEquals(1, openblas_nolapack.blas_get_num_threads());
  }

  @Test
  void refusesAMatrixThatDoesNotFit() {
    PackedMatrix matrix = openBlas.packed(3, 4);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> matrix.pack(5, 3, Matrix.of(new float[30], 3)));
    assertEquals("Cannot pack 5×3: capacity is 12 elements", e.getMessage());
  }

  @Test
  void nonFiniteValuesStayNonFinite() {
    PackedMatrix b = openBlas.packed(2, 1);
    b.pack(2, 1, Matrix.of(new float[] {0f, 1f}, 1));
    float[] c = new float[2];
    float[] a = {Float.NaN, 1f, Float.POSITIVE_INFINITY, 1f};
    openBlas.multiplyAdd(2, Matrix.of(a, 2), b, Matrix.of(c, 1));
    assertTrue(Float.isNaN(c[0]));
    assertFalse(Float.isFinite(c[1]));
  }

  private static float[] multiplyAdd(Kernels kernels, Operand a, Operand b, Operand c) {
    PackedMatrix right = kernels.packed(b.rows + 2, b.columns + 1);
    right.pack(b.rows, b.columns, b.view());
    float[] result = c.values.clone();
    kernels.multiplyAdd(a.rows, a.view(), right, Matrix.of(result, c.offset, c.rowStride));
    return result;
  }

  private static float[] multiplyAddInParts(Kernels kernels, Operand a, Operand b, Operand c) {
    PackedMatrix right = kernels.packed(b.rows, b.columns);
    right.begin(b.rows, b.columns);
    for (int part = 0; part < PARTS; part++) {
      right.packColumns(right.cut(part, PARTS), right.cut(part + 1, PARTS), b.view());
    }
    float[] result = c.values.clone();
    Matrix sums = Matrix.of(result, c.offset, c.rowStride);
    for (int part = 0; part < PARTS; part++) {
      int from = b.columns * part / PARTS;
      int to = b.columns * (part + 1) / PARTS;
      kernels.multiplyAdd(a.rows, from, to, a.view(), right, sums);
    }
    return result;
  }

  /** How a matrix lies in its array. */
  private enum Order {
    ROWS,
    ROWS_APART,
    COLUMNS,
    COLUMNS_APART,
    NEITHER;

    /** What a right operand may be: one of its strides is 1. */
    static final Set<Order> PACKABLE = EnumSet.complementOf(EnumSet.of(NEITHER));
  }

  /** A matrix of random numbers somewhere in an array of random numbers. */
  private final class Operand {
    final int rows;
    final int columns;
    final int offset;
    final int rowStride;
    final int columnStride;
    final float[] values;

    Operand(int rows, int columns, Order order) {
      this.rows = rows;
      this.columns = columns;
      offset = MARGIN;
      rowStride =
          switch (order) {
            case ROWS -> columns;
            case ROWS_APART -> columns + MARGIN;
            case COLUMNS, COLUMNS_APART -> 1;
            case NEITHER -> 2 * columns;
          };
      columnStride =
          switch (order) {
            case ROWS, ROWS_APART -> 1;
            case COLUMNS -> rows;
            case COLUMNS_APART -> rows + MARGIN;
            case NEITHER -> 2;
          };
      values = new float[2 * MARGIN + 1 + (rows - 1) * rowStride + (columns - 1) * columnStride];
      for (int x = 0; x < values.length; x++) {
        values[x] = (float) random.nextGaussian();
      }
    }

    private Operand(Operand given) {
      rows = given.rows;
      columns = given.columns;
      offset = given.offset;
      rowStride = given.rowStride;
      columnStride = given.columnStride;
      values = new float[given.values.length];
      for (int x = 0; x < values.length; x++) {
        values[x] = Math.abs(given.values[x]);
      }
    }

    Matrix view() {
      return new Matrix(values, offset, rowStride, columnStride);
    }

    Operand absolute() {
      return new Operand(this);
    }
  }
}
