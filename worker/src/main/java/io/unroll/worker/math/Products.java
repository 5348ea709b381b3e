package io.unroll.worker.math;

/**
 * Matrix products over heap {@code float[]}, row-major: C (m×n) = S + A (m×k) · B (k×n). Each
 * element of a product is one chain of {@link Math#fma(float, float, float)} over ascending k.
 *
 * <p>So its bits do not depend on which other elements are computed with it: m rows of C, or a
 * range of its columns, may be computed by one object while others do the rest, with the same
 * packed B. {@link OpenBlasKernels} alone adds in an order that depends on the sizes, so that a
 * product in parts may be rounded otherwise there.
 */
public interface Products {
  /**
   * Allocates a right-hand operand laid out as {@link #multiply} of this implementation wants it.
   */
  PackedMatrix packed(int maxRows, int maxColumns);

  /**
   * Columns from … to-1 of C = S + A·B. The chain of fused multiply-adds starts from the element of
   * S.
   *
   * @param m rows of A and C
   * @param from first column, of B's, S's and C's; the columns of whole panels cost least: see
   *     {@link PackedMatrix#cut}
   * @param to column after the last one
   * @param a one of its strides is 1
   * @param b right operand; its rows are k, its columns n
   * @param start S, whose columns are contiguous: C itself, or {@link Matrix#row one row for all}
   * @param c overwritten; its columns are contiguous; must not overlap A
   * @throws IndexOutOfBoundsException if B has no such columns
   */
  void multiply(int m, int from, int to, Matrix a, PackedMatrix b, Matrix start, Matrix c);

  /** All columns of C = S + A·B. */
  default void multiply(int m, Matrix a, PackedMatrix b, Matrix start, Matrix c) {
    multiply(m, 0, b.columns(), a, b, start, c);
  }

  /** Columns from … to-1 of C = C + A·B. */
  default void multiplyAdd(int m, int from, int to, Matrix a, PackedMatrix b, Matrix c) {
    multiply(m, from, to, a, b, c, c);
  }

  /** All columns of C = C + A·B. */
  default void multiplyAdd(int m, Matrix a, PackedMatrix b, Matrix c) {
    multiply(m, 0, b.columns(), a, b, c, c);
  }
}
