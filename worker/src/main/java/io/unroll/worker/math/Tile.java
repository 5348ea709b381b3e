package io.unroll.worker.math;

/**
 * The innermost loop of a product: C = S + A·B for a few rows and vectors of columns, with C in
 * registers while k ascends. Each element of C is one chain of fused multiply-adds that begins with
 * the value S holds. Every accumulator is a local variable: in an array the vectors would be
 * objects, hence one method for each size.
 */
@FunctionalInterface
interface Tile {
  /**
   * Runs over the operands.
   *
   * @param a A: element (r, k) at aFirst + k·aStride + r
   * @param b panel of B as wide as the tile: element (k, j) at bFirst + k·width + j
   * @param start S: element (r, j) at startFirst + r·startRowStride + j; may be C
   * @param c overwritten: element (r, j) at cFirst + r·cRowStride + j
   */
  void run(
      int depth,
      float[] a,
      int aFirst,
      int aStride,
      float[] b,
      int bFirst,
      float[] start,
      int startFirst,
      int startRowStride,
      float[] c,
      int cFirst,
      int cRowStride);
}
