package io.unroll.worker.layer;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.parallel.Range;
import java.util.List;

/**
 * What one time step of a cell is: the gate equations, forward and backward, for some of the
 * sequences. The sum of what the gates read besides the state lies in the gates' buffer (T, B, G)
 * before the forward step; after the backward step, the gradient by it does.
 *
 * <p>Letters: T steps, B sequences, H hidden units, G gate rows; h' of the previous step.
 */
sealed interface CellSteps permits RnnSteps, LstmSteps, GruSteps, GruResetAfterSteps {
  /**
   * The steps of a cell.
   *
   * @param layer number of the layer, which the names of its tensors end in
   * @param output h of all steps
   * @param gates (T, B, G)
   */
  static CellSteps of(Cell cell, Blueprint blueprint, int layer, Signal output, float[] gates) {
    return switch (cell) {
      case RNN -> new RnnSteps(blueprint, layer, output, gates);
      case LSTM -> new LstmSteps(blueprint, layer, output, gates);
      case GRU -> new GruSteps(blueprint, layer, output, gates);
      case GRU_RESET_AFTER -> new GruResetAfterSteps(blueprint, layer, output, gates);
    };
  }

  /** What is carried from step to step, each (T + 1, B, H) from before the window on; h first. */
  List<float[]> states();

  /** Takes new parameters. */
  default void use(float[] parameters) {}

  /** One step forward. */
  void forward(Kernels kernels, Axis axis, int step, Range rows);

  /** Before the last step backward: no gradient has come from later ones. */
  default void beginBackward(Axis axis, Range rows) {}

  /**
   * One step backward: from the gradient by h, and by what else is carried, to that by the gates.
   *
   * @param flowsOn whether the gradient goes on to the state before this step
   */
  void backward(Kernels kernels, Axis axis, int step, Range rows, boolean flowsOn);

  /** Adds to the gradient by the recurrent weights. */
  void accumulate(Axis axis, float[] gradient);
}
