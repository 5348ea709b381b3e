package io.unroll.worker.math;

/**
 * Matrix products over heap {@code float[]}, row-major: C (m×n) = S + A (m×k) · B (k×n). Each
 * element of a product is one chain of {@link Math#fma(float, float, float)} over ascending k.
 */
public interface Products {
  /**
   * Allocates a right-hand operand laid out as {@link #multiply} of this implementation wants it.
   */
  PackedMatrix packed(int maxRows, int maxColumns);

  /**
   * C = S + A·B. Element (i, x) of A is {@code a[aOffset + i*aRowStride + x*aColumnStride]}, one of
   * the strides being 1; S and C have unit column stride. The chain of fused multiply-adds starts
   * from the element of S.
   *
   * @param m rows of A and C
   * @param b right operand; its rows are k, its columns n
   * @param start S: C itself, with its offset and stride, or one row for all, with a stride of 0
   * @param c overwritten; must not overlap A
   */
  void multiply(
      int m,
      float[] a,
      int aOffset,
      int aRowStride,
      int aColumnStride,
      PackedMatrix b,
      float[] start,
      int startOffset,
      int startRowStride,
      float[] c,
      int cOffset,
      int cRowStride);

  /** C = C + A·B, otherwise as {@link #multiply}. */
  default void multiplyAdd(
      int m,
      float[] a,
      int aOffset,
      int aRowStride,
      int aColumnStride,
      PackedMatrix b,
      float[] c,
      int cOffset,
      int cRowStride) {
    multiply(
        m,
        a,
        aOffset,
        aRowStride,
        aColumnStride,
        b,
        c,
        cOffset,
        cRowStride,
        c,
        cOffset,
        cRowStride);
  }
}
