package io.unroll.worker.math;

/**
 * Matrix products over heap {@code float[]}, row-major: C (m×n) = C + A (m×k) · B (k×n). Each
 * element of a product is one chain of {@link Math#fma(float, float, float)} over ascending k.
 */
public interface Products {
  /**
   * Allocates a right-hand operand laid out as {@link #multiply} of this implementation wants it.
   */
  PackedMatrix packed(int maxRows, int maxColumns);

  /**
   * C = C + A·B. Element (i, x) of A is {@code a[aOffset + i*aRowStride + x*aColumnStride]}; C has
   * unit column stride. The chain of fused multiply-adds starts from the value that C holds.
   *
   * @param m rows of A and C
   * @param b right operand; its rows are k, its columns n
   * @param c modified; must not overlap A
   */
  void multiplyAdd(
      int m,
      float[] a,
      int aOffset,
      int aRowStride,
      int aColumnStride,
      PackedMatrix b,
      float[] c,
      int cOffset,
      int cRowStride);
}
