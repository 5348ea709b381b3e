package io.unroll.worker.math;

/**
 * Elementwise passes of the recurrent cells, forward and backward, over heap {@code float[]}. The
 * elementary functions are those of {@link Functions}.
 *
 * <p>Letters: B batch rows, H hidden units; h' and c' are those of the previous step.
 */
public interface Cells extends CellRows {
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
  default void lstmForward(
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
      int hOffset) {
    for (int b = 0; b < batch; b++) {
      int s = b * hidden;
      lstmForwardRow(
          0,
          hidden,
          hidden,
          gates,
          gatesOffset + 4 * s,
          previousC,
          previousCOffset + s,
          c,
          cOffset + s,
          tanhC,
          tanhCOffset + s,
          h,
          hOffset + s);
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
      float[] dc) {
    for (int b = 0; b < batch; b++) {
      int s = b * hidden;
      lstmBackwardRow(
          0,
          hidden,
          hidden,
          gates,
          gatesOffset + 4 * s,
          previousC,
          previousCOffset + s,
          tanhC,
          tanhCOffset + s,
          dh,
          dhOffset + s,
          dc,
          s);
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
  default void gruReset(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousH,
      int previousHOffset,
      float[] reset,
      int resetOffset) {
    for (int b = 0; b < batch; b++) {
      int s = b * hidden;
      gruResetRow(
          0,
          hidden,
          hidden,
          gates,
          gatesOffset + 3 * s,
          previousH,
          previousHOffset + s,
          reset,
          resetOffset + s);
    }
  }

  /**
   * Second half: n = tanh of its pre-activation; h = (1-z) h' + z n, computed as h' + z (n - h').
   *
   * @param gates (B, 3H) as {@link #gruReset} left them; n pre-activation in, activation out
   * @param h receives the hidden state, (B, H)
   */
  default void gruForward(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousH,
      int previousHOffset,
      float[] h,
      int hOffset) {
    for (int b = 0; b < batch; b++) {
      int s = b * hidden;
      gruForwardRow(
          0,
          hidden,
          hidden,
          gates,
          gatesOffset + 3 * s,
          previousH,
          previousHOffset + s,
          h,
          hOffset + s);
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
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousH,
      int previousHOffset,
      float[] dh,
      int dhOffset,
      float[] dPreviousH,
      int dPreviousHOffset) {
    for (int b = 0; b < batch; b++) {
      int s = b * hidden;
      gruBackwardRow(
          0,
          hidden,
          hidden,
          gates,
          gatesOffset + 3 * s,
          previousH,
          previousHOffset + s,
          dh,
          dhOffset + s,
          dPreviousH,
          dPreviousHOffset + s);
    }
  }

  /**
   * Gradient through {@link #gruReset}: r is overwritten by the gradient by its pre-activation;
   * dReset r is added to dPreviousH.
   *
   * @param dReset gradient by r h', (B, H); not modified
   */
  default void gruResetBackward(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] previousH,
      int previousHOffset,
      float[] dReset,
      int dResetOffset,
      float[] dPreviousH,
      int dPreviousHOffset) {
    for (int b = 0; b < batch; b++) {
      int s = b * hidden;
      gruResetBackwardRow(
          0,
          hidden,
          gates,
          gatesOffset + 3 * s,
          previousH,
          previousHOffset + s,
          dReset,
          dResetOffset + s,
          dPreviousH,
          dPreviousHOffset + s);
    }
  }

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
  default void gruResetAfterForward(
      int batch,
      int hidden,
      float[] gates,
      int gatesOffset,
      float[] recurrent,
      int recurrentOffset,
      float[] previousH,
      int previousHOffset,
      float[] h,
      int hOffset) {
    for (int b = 0; b < batch; b++) {
      int s = b * hidden;
      gruResetAfterForwardRow(
          0,
          hidden,
          hidden,
          gates,
          gatesOffset + 3 * s,
          recurrent,
          recurrentOffset + 3 * s,
          previousH,
          previousHOffset + s,
          h,
          hOffset + s);
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
      int dPreviousHOffset) {
    for (int b = 0; b < batch; b++) {
      int s = b * hidden;
      gruResetAfterBackwardRow(
          0,
          hidden,
          hidden,
          gates,
          gatesOffset + 3 * s,
          recurrent,
          recurrentOffset + 3 * s,
          previousH,
          previousHOffset + s,
          dh,
          dhOffset + s,
          dPreviousH,
          dPreviousHOffset + s);
    }
  }
}
