package io.unroll.worker.math;

/**
 * The innermost loop of a product: C = C + A·B for a few rows and vectors of columns, with C in
 * registers while k ascends. Each element of C is one chain of fused multiply-adds that begins with
 * the value C holds. Every accumulator is a local variable: in an array the vectors would be
 * objects, hence one method for each size.
 */
@FunctionalInterface
interface Tile {
  /**
   * Runs over the operands.
   *
   * @param a copy of A: element (r, k) at aFirst + k·rows + r
   * @param b panel of B as wide as the tile: element (k, j) at bFirst + k·width + j
   * @param c modified: element (r, j) at cFirst + r·cRowStride + j
   */
  void run(
      int depth,
      float[] a,
      int aFirst,
      float[] b,
      int bFirst,
      float[] c,
      int cFirst,
      int cRowStride);
}
