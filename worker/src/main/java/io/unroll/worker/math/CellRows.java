package io.unroll.worker.math;

/**
 * What {@link Cells} does to units from … to-1 of row b. The array and offset of each view are to
 * be taken once, before the loop over the units.
 */
interface CellRows {
  /** See {@link Cells#rnnForward}. */
  void rnnForwardRow(int from, int to, int b, Matrix a, Matrix h);

  /** See {@link Cells#rnnBackward}. */
  void rnnBackwardRow(int from, int to, int b, Matrix dh, Matrix h, Matrix da);

  /** See {@link Cells#lstmForward}. */
  void lstmForwardRow(
      int from, int to, int b, Matrix gates, Matrix previousC, Matrix c, Matrix tanhC, Matrix h);

  /** See {@link Cells#lstmBackward}. */
  void lstmBackwardRow(
      int from, int to, int b, Matrix gates, Matrix previousC, Matrix tanhC, Matrix dh, Matrix dc);

  /** See {@link Cells#gruReset}. */
  void gruResetRow(int from, int to, int b, Matrix gates, Matrix previousH, Matrix reset);

  /** See {@link Cells#gruForward}. */
  void gruForwardRow(int from, int to, int b, Matrix gates, Matrix previousH, Matrix h);

  /** See {@link Cells#gruBackward}. */
  void gruBackwardRow(
      int from, int to, int b, Matrix gates, Matrix previousH, Matrix dh, Matrix dPreviousH);

  /** See {@link Cells#gruResetBackward}. */
  void gruResetBackwardRow(
      int from, int to, int b, Matrix gates, Matrix previousH, Matrix dReset, Matrix dPreviousH);

  /** See {@link Cells#gruResetAfterForward}. */
  void gruResetAfterForwardRow(
      int from, int to, int b, Matrix gates, Matrix recurrent, Matrix previousH, Matrix h);

  /** See {@link Cells#gruResetAfterBackward}. */
  void gruResetAfterBackwardRow(
      int from,
      int to,
      int b,
      Matrix gates,
      Matrix recurrent,
      Matrix previousH,
      Matrix dh,
      Matrix dPreviousH);
}
