package io.unroll.worker.math;

/**
 * The arithmetic of a training step over heap {@code float[]}. The plain loops are the reference;
 * vector kernels give the same bits: each element of a product is one chain of fused multiply-adds
 * over ascending k, elementwise functions are those of {@link Functions}, and sums over a row are
 * taken in {@value Rows#PARTIAL_SUMS} fixed partial sums. The products of {@link OpenBlasKernels}
 * alone are rounded otherwise. Not thread-safe: one object per thread.
 */
public interface Kernels extends Products, Cells, Rows, Sums, Updates {
  /** A short name for logs, such as {@code plain}. */
  String name();

  /** Kernels with the same arithmetic give the same bits: all but those of a foreign library. */
  default String arithmetic() {
    return "reference";
  }
}
