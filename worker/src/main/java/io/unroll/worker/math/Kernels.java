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
   * First half of a GRU step with the reset before the product: r, z = sigmoid of their
   * pre-activations; reset = r h'. The caller adds reset · W_hn^T to the pre-activation of n before
   * {@link #gruForward}.
   *
   * @param gates (B, 3H) in gate order r, z, n; r and z pre-activations in, activations out
   * @param previousH hidden state before the step, (B, H); not modified
   * @param reset receives r h', (B, H)
   */
  void gruReset(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousH,
      int previousHOffset,
      float[] reset,
      int resetOffset);

  /**
   * Second half: n = tanh of its pre-activation; h = (1-z) h' + z n, computed as h' + z (n - h').
   *
   * @param gates (B, 3H) as {@link #gruReset} left them; n pre-activation in, activation out
   * @param h receives the hidden state, (B, H)
   */
  void gruForward(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousH,
      int previousHOffset,
      float[] h,
      int hOffset);

  /**
   * Gradient through {@link #gruForward}: z and n are overwritten by the gradient by their
   * pre-activations, r stays; dh (1-z) is added to dPreviousH.
   *
   * @param dh gradient by h, (B, H); not modified
   * @param dPreviousH gradient by h', (B, H); added to; may be another part of the array dh
   */
  void gruBackward(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousH,
      int previousHOffset,
      float[] dh,
      int dhOffset,
      float[] dPreviousH,
      int dPreviousHOffset);

  /**
   * Gradient through {@link #gruReset}: r is overwritten by the gradient by its pre-activation;
   * dReset r is added to dPreviousH.
   *
   * @param dReset gradient by r h', (B, H); not modified
   */
  void gruResetBackward(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousH,
      int previousHOffset,
      float[] dReset,
      int dResetOffset,
      float[] dPreviousH,
      int dPreviousHOffset);

  /**
   * One GRU step with the reset after the product, for B rows: r, z = sigmoid of the sum of gates
   * and recurrent; n = tanh(gates_n + r recurrent_n); h = (1-z) n + z h', computed as n + z (h' -
   * n).
   *
   * @param gates W_ih x + b_ih in, activations out, (B, 3H) in gate order r, z, n
   * @param recurrent W_hh h' + b_hh, (B, 3H); not modified
   * @param previousH hidden state before the step, (B, H); not modified
   * @param h receives the hidden state, (B, H)
   */
  void gruResetAfterForward(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] recurrent,
      int recurrentOffset,
      float[] previousH,
      int previousHOffset,
      float[] h,
      int hOffset);

  /**
   * Gradient through {@link #gruResetAfterForward}.
   *
   * @param gates (B, 3H) activations in; overwritten by the gradient by W_ih x + b_ih
   * @param recurrent as in the forward step in; overwritten by the gradient by W_hh h' + b_hh
   * @param dh gradient by h, (B, H); not modified
   * @param dPreviousH gradient by h', (B, H); dh z is added; may be another part of the array dh
   */
  void gruResetAfterBackward(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] recurrent,
      int recurrentOffset,
      float[] previousH,
      int previousHOffset,
      float[] dh,
      int dhOffset,
      float[] dPreviousH,
      int dPreviousHOffset);

  /**
   * Softmax and cross-entropy of one row after another. The loss of row r with target y and weight
   * w is w (log Σ exp(x) - x_y); its logits are overwritten by the gradient scale · w (softmax(x) -
   * 1_y).
   *
   * @param rows number of rows
   * @param vocabulary V
   * @param logits (rows, V); overwritten by the gradient
   * @param targets token of row r at {@code first + r}
   * @param weights weight of row r at {@code first + r}
   * @param first where the rows begin in targets, weights and losses
   * @param scale factor of the gradient only
   * @param losses receives the weighted loss of row r in nats at {@code first + r}
   */
  void softmaxCrossEntropy(
      int rows,
      int vocabulary,
      float[] logits,
      int[] targets,
      float[] weights,
      int first,
      float scale,
      double[] losses);

  /** Adds the sum of each column of a (rows, columns) matrix to sums, rows in ascending order. */
  void addColumnSums(int rows, int columns, float[] matrix, float[] sums, int sumsOffset);

  /** Sum of squares of values[from … to), in double. */
  double sumOfSquares(float[] values, int from, int to);
}
