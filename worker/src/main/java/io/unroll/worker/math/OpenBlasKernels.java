package io.unroll.worker.math;

import java.util.Objects;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Products by OpenBLAS on one thread, everything else as {@link PlainKernels}. OpenBLAS adds in an
 * order of its own, which depends on processor and sizes: each element differs from the reference
 * by the rounding of its sum.
 *
 * <p>The library's functions for arrays copy whole arrays, whatever part a product needs. So
 * operands are {@link NativeMatrix}: the right one is copied when it is packed, the left one and C
 * at each product. Not thread-safe: it owns these copies.
 */
final class OpenBlasKernels extends PlainKernels {
  static {
    // For the whole JVM: a lane calls it from a thread for each of its cores.
    openblas_nolapack.blas_set_num_threads(1);
  }

  private NativeMatrix left = new NativeMatrix(0, 0);
  private NativeMatrix result = new NativeMatrix(0, 0);

  @Override
  public String name() {
    return "openblas";
  }

  @Override
  public String arithmetic() {
    return name();
  }

  @Override
  public PackedMatrix packed(int maxRows, int maxColumns) {
    return new NativeMatrix(maxRows, maxColumns);
  }

  @Override
  public void multiply(int m, int from, int to, Matrix a, PackedMatrix b, Matrix start, Matrix c) {
    Objects.checkFromToIndex(from, to, b.columns());
    NativeMatrix right = (NativeMatrix) b;
    int k = b.rows();
    int n = to - from;
    left = withRoomFor(m, k, left);
    left.pack(m, k, a);
    result = withRoomFor(m, n, result);
    result.pack(m, n, start.fromColumn(from));
    openblas_nolapack.cblas_sgemm(
        openblas_nolapack.CblasRowMajor,
        transposition(left),
        transposition(right),
        m,
        n,
        k,
        1f,
        left.values(),
        left.stride(),
        right.valuesFrom(from),
        right.stride(),
        1f,
        result.values(),
        result.stride());
    result.unpack(c.fromColumn(from));
  }

  private static NativeMatrix withRoomFor(int rows, int columns, NativeMatrix matrix) {
    return matrix.holds(Math.multiplyExact(rows, columns))
        ? matrix
        : new NativeMatrix(rows, columns);
  }

  private static int transposition(NativeMatrix matrix) {
    return matrix.transposed() ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans;
  }
}
