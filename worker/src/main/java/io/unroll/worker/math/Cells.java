package io.unroll.worker.math;

/**
 * Elementwise passes of the recurrent cells over one time step, forward and backward. The
 * elementary functions are those of {@link Functions}.
 *
 * <p>Every pass does units from … to-1 of so many rows, which are the first ones of the views it
 * gets, and touches nothing else: rows and units are independent of each other, so a step may be
 * done in parts, in any order, with the same bits. The numbers of a row are contiguous (column
 * stride 1). Rows of gates hold one gate after the other and nothing else, so that their stride is
 * the number of gates times H.
 *
 * <p>Letters: B batch rows, H hidden units; h' and c' are those of the previous step.
 */
public interface Cells extends CellRows {
  /**
   * Activations of one vanilla RNN step: h = tanh(a).
   *
   * @param a (B, H) pre-activations W_ih x + b_ih + W_hh h' + b_hh; not modified
   * @param h receives the new state, (B, H); may be a
   */
  default void rnnForward(int rows, int from, int to, Matrix a, Matrix h) {
    for (int b = 0; b < rows; b++) {
      rnnForwardRow(from, to, b, a, h);
    }
  }

  /**
   * Gradient through {@link #rnnForward}: da = dh (1 - h²).
   *
   * @param dh gradient by h, (B, H); not modified
   * @param h as in the forward step
   * @param da receives the gradient by pre-activation, (B, H); overwritten
   */
  default void rnnBackward(int rows, int from, int to, Matrix dh, Matrix h, Matrix da) {
    for (int b = 0; b < rows; b++) {
      rnnBackwardRow(from, to, b, dh, h, da);
    }
  }

  /**
   * One LSTM cell step: i, f, o = sigmoid, g = tanh of the gates; c = f c' + i g; h = o tanh(c).
   *
   * @param gates (B, 4H) in gate order i, f, g, o; pre-activations in, activations out
   * @param previousC cell state before the step, (B, H); not modified
   * @param c receives the cell state, (B, H)
   * @param tanhC receives tanh(c), (B, H)
   * @param h receives the hidden state, (B, H)
   */
  default void lstmForward(
      int rows,
      int from,
      int to,
      Matrix gates,
      Matrix previousC,
      Matrix c,
      Matrix tanhC,
      Matrix h) {
    for (int b = 0; b < rows; b++) {
      lstmForwardRow(from, to, b, gates, previousC, c, tanhC, h);
    }
  }

  /**
   * Gradient through {@link #lstmForward}.
   *
   * @param gates (B, 4H) activations in; overwritten by the gradient by pre-activation
   * @param previousC as in the forward step
   * @param tanhC as in the forward step
   * @param dh gradient by h, (B, H); not modified
   * @param dc gradient by c from the following step in, gradient by c' out, (B, H)
   */
  default void lstmBackward(
      int rows,
      int from,
      int to,
      Matrix gates,
      Matrix previousC,
      Matrix tanhC,
      Matrix dh,
      Matrix dc) {
    for (int b = 0; b < rows; b++) {
      lstmBackwardRow(from, to, b, gates, previousC, tanhC, dh, dc);
    }
  }

  /**
   * First half of a GRU step with the reset before the product: r, z = sigmoid of their
   * pre-activations; reset = r h'. The caller adds reset · W_hn^T to the pre-activation of n before
   * {@link #gruForward}.
   *
   * @param gates (B, 3H) in gate order r, z, n; r and z pre-activations in, activations out
   * @param previousH hidden state before the step, (B, H); not modified
   * @param reset receives r h', (B, H)
   */
  default void gruReset(int rows, int from, int to, Matrix gates, Matrix previousH, Matrix reset) {
    for (int b = 0; b < rows; b++) {
      gruResetRow(from, to, b, gates, previousH, reset);
    }
  }

  /**
   * Second half: n = tanh of its pre-activation; h = (1-z) h' + z n, computed as h' + z (n - h').
   *
   * @param gates (B, 3H) as {@link #gruReset} left them; n pre-activation in, activation out
   * @param h receives the hidden state, (B, H)
   */
  default void gruForward(int rows, int from, int to, Matrix gates, Matrix previousH, Matrix h) {
    for (int b = 0; b < rows; b++) {
      gruForwardRow(from, to, b, gates, previousH, h);
    }
  }

  /**
   * Gradient through {@link #gruForward}: z and n are overwritten by the gradient by their
   * pre-activations, r stays; dh (1-z) is added to dPreviousH.
   *
   * @param dh gradient by h, (B, H); not modified
   * @param dPreviousH gradient by h', (B, H); added to; may be another part of the array dh
   */
  default void gruBackward(
      int rows, int from, int to, Matrix gates, Matrix previousH, Matrix dh, Matrix dPreviousH) {
    for (int b = 0; b < rows; b++) {
      gruBackwardRow(from, to, b, gates, previousH, dh, dPreviousH);
    }
  }

  /**
   * Gradient through {@link #gruReset}: r is overwritten by the gradient by its pre-activation;
   * dReset r is added to dPreviousH.
   *
   * @param dReset gradient by r h', (B, H); not modified
   */
  default void gruResetBackward(
      int rows,
      int from,
      int to,
      Matrix gates,
      Matrix previousH,
      Matrix dReset,
      Matrix dPreviousH) {
    for (int b = 0; b < rows; b++) {
      gruResetBackwardRow(from, to, b, gates, previousH, dReset, dPreviousH);
    }
  }

  /**
   * One GRU step with the reset after the product: r, z = sigmoid of the sum of gates and
   * recurrent; n = tanh(gates_n + r recurrent_n); h = (1-z) n + z h', computed as n + z (h' - n).
   *
   * @param gates W_ih x + b_ih in, activations out, (B, 3H) in gate order r, z, n
   * @param recurrent W_hh h' + b_hh, (B, 3H); not modified
   * @param previousH hidden state before the step, (B, H); not modified
   * @param h receives the hidden state, (B, H)
   */
  default void gruResetAfterForward(
      int rows, int from, int to, Matrix gates, Matrix recurrent, Matrix previousH, Matrix h) {
    for (int b = 0; b < rows; b++) {
      gruResetAfterForwardRow(from, to, b, gates, recurrent, previousH, h);
    }
  }

  /**
   * Gradient through {@link #gruResetAfterForward}.
   *
   * @param gates (B, 3H) activations in; overwritten by the gradient by W_ih x + b_ih
   * @param recurrent as in the forward step in; overwritten by the gradient by W_hh h' + b_hh
   * @param dh gradient by h, (B, H); not modified
   * @param dPreviousH gradient by h', (B, H); dh z is added; may be another part of the array dh
   */
  default void gruResetAfterBackward(
      int rows,
      int from,
      int to,
      Matrix gates,
      Matrix recurrent,
      Matrix previousH,
      Matrix dh,
      Matrix dPreviousH) {
    for (int b = 0; b < rows; b++) {
      gruResetAfterBackwardRow(from, to, b, gates, recurrent, previousH, dh, dPreviousH);
    }
  }
}
