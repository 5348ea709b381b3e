package io.unroll.worker.math;

/**
 * The arithmetic of a training step over heap {@code float[]}, row-major. Implementations give the
 * same bits: each element of a product is one chain of {@link Math#fma(float, float, float)} over
 * ascending k, elementwise functions are those of {@link Functions}, and sums over a row are taken
 * in {@value #PARTIAL_SUMS} fixed partial sums.
 *
 * <p>Letters: B batch rows, H hidden units, V vocabulary; m, k, n as in C (m×n) = A (m×k) · B
 * (k×n).
 */
public interface Kernels {
  /** Partial sums of a row reduction: element j is added to sum j mod 16, then sums are halved. */
  int PARTIAL_SUMS = 16;

  /** A short name for logs, such as {@code plain}. */
  String name();

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

  /**
   * Activations of one vanilla RNN step: h = tanh(a), for count elements.
   *
   * @param a pre-activations W_ih x + b_ih + W_hh h' + b_hh; not modified
   * @param h receives the new state; may be the same array and offset as a
   */
  void rnnForward(int count, float[] a, int aOffset, float[] h, int hOffset);

  /**
   * Gradient through {@link #rnnForward}: da = dh (1 - h²).
   *
   * @param da receives the gradient by pre-activation; overwritten
   */
  void rnnBackward(
      int count, float[] dh, int dhOffset, float[] h, int hOffset, float[] da, int daOffset);

  /**
   * One LSTM cell step for B rows: i, f, o = sigmoid, g = tanh of the gates; c = f c' + i g; h = o
   * tanh(c).
   *
   * @param gates (B, 4H) in gate order i, f, g, o; pre-activations in, activations out
   * @param previousC cell state before the step, (B, H); not modified
   * @param c receives the cell state, (B, H)
   * @param tanhC receives tanh(c), (B, H)
   * @param h receives the hidden state, (B, H)
   */
  void lstmForward(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousC,
      int previousCOffset,
      float[] c,
      int cOffset,
      float[] tanhC,
      int tanhCOffset,
      float[] h,
      int hOffset);

  /**
   * Gradient through {@link #lstmForward}.
   *
   * @param gates (B, 4H) activations in; overwritten by the gradient by pre-activation
   * @param previousC as in the forward step
   * @param tanhC as in the forward step
   * @param dh gradient by h, (B, H); not modified
   * @param dc gradient by c from the following step in, gradient by c' out, (B, H)
   */
  void lstmBackward(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousC,
      int previousCOffset,
      float[] tanhC,
      int tanhCOffset,
      float[] dh,
      int dhOffset,
      float[] dc);

  /**
   * Softmax and cross-entropy of one row after another. Row r with target y and weight w adds w
   * (log Σ exp(x) - x_y) to its loss, and its logits are overwritten by the gradient scale · w
   * (softmax(x) - 1_y).
   *
   * @param rows number of rows
   * @param vocabulary V
   * @param logits (rows, V); overwritten by the gradient
   * @param targets token of each row
   * @param weights weight of each row, or null for 1 everywhere
   * @param scale factor of the gradient only
   * @return the weighted sum of losses in nats, added in the order of the rows
   */
  double softmaxCrossEntropy(
      int rows, int vocabulary, float[] logits, int[] targets, float[] weights, float scale);

  /** Adds the sum of each column of a (rows, columns) matrix to sums, rows in ascending order. */
  void addColumnSums(int rows, int columns, float[] matrix, float[] sums, int sumsOffset);

  /** Sum of squares of values[from … to), in double. */
  double sumOfSquares(float[] values, int from, int to);
}
