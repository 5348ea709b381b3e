package io.unroll.worker.math;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * An operand of an OpenBLAS product, copied to memory outside of the heap, where the library reads
 * it without a further copy. A transposed matrix is copied as it lies, and marked.
 *
 * <p>The memory is freed when the garbage collector finds the matrix unused. It has no panels: only
 * {@link OpenBlasKernels} knows what to do with it.
 */
final class NativeMatrix extends PackedMatrix {
  /** Columns that parts are cut into multiples of: a cache line. */
  private static final int CUT = 16;

  private final FloatBuffer values;
  private boolean transposed;

  /**
   * Allocates storage for any matrix of up to maxRows × maxColumns.
   *
   * @throws ArithmeticException if that is more than 2 GB
   */
  NativeMatrix(int maxRows, int maxColumns) {
    super(0, 0, CUT, 1);
    int bytes = Math.multiplyExact(Math.multiplyExact(maxRows, maxColumns), Float.BYTES);
    values = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  boolean holds(int count) {
    return count <= values.capacity();
  }

  @Override
  int capacity() {
    return values.capacity();
  }

  /** Both strides may be other than 1 here. */
  @Override
  public void packColumns(int from, int to, Matrix source) {
    // Every part of a matrix has the same strides, so threads that pack parts write the same here.
    transposed = source.rowStride() == 1 && source.columnStride() != 1;
    if (transposed) {
      putRows(to - from, rows(), source.fromColumn(from).transposed(), from * rows(), rows());
    } else if (source.columnStride() == 1) {
      putRows(rows(), to - from, source.fromColumn(from), from, columns());
    } else {
      for (int i = 0; i < rows(); i++) {
        for (int j = from; j < to; j++) {
          int x = source.at(i) + j * source.columnStride();
          values.put(i * columns() + j, source.values()[x]);
        }
      }
    }
  }

  /** Copies rows of that length to where the first one is to lie, so far apart. */
  private void putRows(int count, int length, Matrix source, int first, int stride) {
    if (source.rowStride() == length && stride == length) {
      values.put(first, source.values(), source.offset(), count * length);
    } else {
      for (int i = 0; i < count; i++) {
        values.put(first + i * stride, source.values(), source.at(i), length);
      }
    }
  }

  /** Copies the rows back. The matrix must not be transposed. */
  void unpack(Matrix target) {
    for (int i = 0; i < rows(); i++) {
      values.get(i * columns(), target.values(), target.at(i), columns());
    }
  }

  FloatBuffer values() {
    return values;
  }

  /** The elements, with those of a column first; the stride is that of the whole matrix. */
  FloatBuffer valuesFrom(int column) {
    int first = transposed ? column * rows() : column;
    return values.slice(first, values.capacity() - first);
  }

  /** Whether element (i, j) lies at {@code j * rows + i} instead of {@code i * columns + j}. */
  boolean transposed() {
    return transposed;
  }

  /** Elements from one row, or column if transposed, to the next: at least 1, as BLAS wants it. */
  int stride() {
    return Math.max(1, transposed ? rows() : columns());
  }
}
