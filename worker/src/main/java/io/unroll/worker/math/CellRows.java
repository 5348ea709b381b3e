package io.unroll.worker.math;

/** What {@link Cells} does to one row of the batch; offsets are those of the row's elements. */
interface CellRows {
  /** Units from … to-1 of {@link Cells#lstmForward}. */
  void lstmForwardRow(
      int from,
      int to,
      int hidden,
      float[] gates,
      int row,
      float[] previousC,
      int previous,
      float[] c,
      int cell,
      float[] tanhC,
      int tanhCell,
      float[] h,
      int state);

  /** Units from … to-1 of {@link Cells#lstmBackward}. */
  void lstmBackwardRow(
      int from,
      int to,
      int hidden,
      float[] gates,
      int row,
      float[] previousC,
      int previous,
      float[] tanhC,
      int tanhCell,
      float[] dh,
      int state,
      float[] dc,
      int cell);

  /** Units from … to-1 of {@link Cells#gruReset}. */
  void gruResetRow(
      int from,
      int to,
      int hidden,
      float[] gates,
      int row,
      float[] previousH,
      int previous,
      float[] reset,
      int product);

  /** Units from … to-1 of {@link Cells#gruForward}. */
  void gruForwardRow(
      int from,
      int to,
      int hidden,
      float[] gates,
      int row,
      float[] previousH,
      int previous,
      float[] h,
      int state);

  /** Units from … to-1 of {@link Cells#gruBackward}. */
  void gruBackwardRow(
      int from,
      int to,
      int hidden,
      float[] gates,
      int row,
      float[] previousH,
      int previous,
      float[] dh,
      int state,
      float[] dPreviousH,
      int down);

  /** Units from … to-1 of {@link Cells#gruResetBackward}. */
  void gruResetBackwardRow(
      int from,
      int to,
      float[] gates,
      int row,
      float[] previousH,
      int previous,
      float[] dReset,
      int product,
      float[] dPreviousH,
      int down);

  /** Units from … to-1 of {@link Cells#gruResetAfterForward}. */
  void gruResetAfterForwardRow(
      int from,
      int to,
      int hidden,
      float[] gates,
      int row,
      float[] recurrent,
      int product,
      float[] previousH,
      int previous,
      float[] h,
      int state);

  /** Units from … to-1 of {@link Cells#gruResetAfterBackward}. */
  void gruResetAfterBackwardRow(
      int from,
      int to,
      int hidden,
      float[] gates,
      int row,
      float[] recurrent,
      int product,
      float[] previousH,
      int previous,
      float[] dh,
      int state,
      float[] dPreviousH,
      int down);
}
