package io.unroll.worker.math;

/** Passes and sums over the rows of a matrix, row-major in a heap {@code float[]}. */
public interface Rows {
  /** Partial sums of a row reduction: element j is added to sum j mod 16, then sums are halved. */
  int PARTIAL_SUMS = 16;

  /**
   * Softmax and cross-entropy of one row after another. The loss of row r with target y and weight
   * w is w (log Σ exp(x) - x_y); its logits are overwritten by the gradient scale · w (softmax(x) -
   * 1_y).
   *
   * @param from first row
   * @param to row after the last
   * @param vocabulary V
   * @param logits (rows, V); overwritten by the gradient
   * @param targets of the rows; receives their losses
   * @param scale factor of the gradient only
   */
  void softmaxCrossEntropy(
      int from, int to, int vocabulary, float[] logits, Targets targets, float scale);

  /** The largest of values[from … to); NaN if there is one. */
  float max(float[] values, int from, int to);

  /**
   * Overwrites values[from … to) by exp(value - shift); returns their sum, element from + j being
   * added to partial sum j mod {@value #PARTIAL_SUMS}.
   */
  float exponentials(float[] values, int from, int to, float shift);

  /** target = target + source, for count elements of different arrays. */
  void add(int count, float[] source, int from, float[] target, int to);

  /**
   * Adds the sums of columns from … to-1 of a (rows, columns) matrix to sums, rows in ascending
   * order.
   *
   * @param sumsOffset where the sum of column 0 lies
   */
  void addColumnSums(
      int rows, int columns, int from, int to, float[] matrix, float[] sums, int sumsOffset);

  /**
   * Sum of squares, in double, of the elements from … to-1 of an array that lie in the spans.
   * Element x is added to partial sum x mod {@value #PARTIAL_SUMS}, so that leaving out zeros does
   * not change a bit.
   */
  double sumOfSquares(float[] values, Spans spans, int from, int to);
}
