package io.unroll.worker.math;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Locale;

/**
 * An operand of an OpenBLAS product, copied to memory outside of the heap, where the library reads
 * it without a further copy. A transposed matrix is copied as it lies, and marked.
 *
 * <p>The memory is freed when the garbage collector finds the matrix unused. It has no panels: only
 * {@link OpenBlasKernels} knows what to do with it.
 */
final class NativeMatrix extends PackedMatrix {
  private final FloatBuffer values;
  private int rows;
  private int columns;
  private boolean transposed;

  /**
   * Allocates storage for any matrix of up to maxRows × maxColumns.
   *
   * @throws ArithmeticException if that is more than 2 GB
   */
  NativeMatrix(int maxRows, int maxColumns) {
    super(0, 0, 1, 1);
    int bytes = Math.multiplyExact(Math.multiplyExact(maxRows, maxColumns), Float.BYTES);
    values = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  boolean holds(int count) {
    return count <= values.capacity();
  }

  @Override
  public void pack(
      float[] source, int offset, int rows, int columns, int rowStride, int columnStride) {
    if ((long) rows * columns > values.capacity()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot pack %d×%d: capacity is %d elements",
              rows,
              columns,
              values.capacity()));
    }
    this.rows = rows;
    this.columns = columns;
    transposed = rowStride == 1 && columnStride != 1;
    if (transposed) {
      putRows(columns, rows, source, offset, columnStride);
    } else if (columnStride == 1) {
      putRows(rows, columns, source, offset, rowStride);
    } else {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          values.put(i * columns + j, source[offset + i * rowStride + j * columnStride]);
        }
      }
    }
  }

  private void putRows(int count, int length, float[] source, int offset, int stride) {
    if (stride == length) {
      values.put(0, source, offset, count * length);
    } else {
      for (int i = 0; i < count; i++) {
        values.put(i * length, source, offset + i * stride, length);
      }
    }
  }

  /** Copies the rows back, {@code stride} apart. The matrix must not be transposed. */
  void unpack(float[] target, int offset, int stride) {
    for (int i = 0; i < rows; i++) {
      values.get(i * columns, target, offset + i * stride, columns);
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  FloatBuffer values() {
    return values;
  }

  /** Whether element (i, j) lies at {@code j * rows + i} instead of {@code i * columns + j}. */
  boolean transposed() {
    return transposed;
  }

  /** Elements from one row, or column if transposed, to the next: at least 1, as BLAS wants it. */
  int stride() {
    return Math.max(1, transposed ? rows : columns);
  }
}
