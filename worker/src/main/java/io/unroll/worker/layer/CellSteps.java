package io.unroll.worker.layer;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.parallel.Range;
import java.util.List;

/**
 * What one time step of a cell is: the gate equations, forward and backward, for some of the
 * sequences or units. A step has phases: all parts of one are done before the next begins, since
 * its products read all units of a sequence. The sum of what the gates read besides the state lies
 * in the gates' buffer (T, B, G) before the forward step; after the backward step, the gradient by
 * it does.
 *
 * <p>Letters: T steps, B sequences, H hidden units, G gate rows; h' of the previous step.
 */
sealed interface CellSteps permits RnnSteps, LstmSteps, GruSteps, GruResetAfterSteps {
  /**
   * The steps of a cell.
   *
   * @param tensors names of its tensors
   * @param output h of all steps
   * @param gates (T, B, G)
   */
  static CellSteps of(
      Cell cell, Blueprint blueprint, RecurrentTensors tensors, Signal output, float[] gates) {
    return switch (cell) {
      case RNN -> new RnnSteps(blueprint, tensors, output, gates);
      case LSTM -> new LstmSteps(blueprint, tensors, output, gates);
      case GRU -> new GruSteps(blueprint, tensors, output, gates);
      case GRU_RESET_AFTER -> new GruResetAfterSteps(blueprint, tensors, output, gates);
    };
  }

  /** What is carried from step to step, each (T + 1, B, H) from before the window on; h first. */
  List<float[]> states();

  /**
   * After step 0 backward: the gradients by what was carried into the window, each (B, H) at the
   * beginning of its array, in the order of {@link #states}.
   */
  List<float[]> startGradients();

  /** Takes new parameters. */
  default void use(float[] parameters) {}

  /**
   * Sets what it keeps of some rows to 0, so that sums over all rows have nothing from them: rows
   * behind the end of their sequence, which no step computes.
   *
   * @param rows of (T, B)
   */
  default void clear(Range rows) {}

  /** Phases of a step forward. */
  default int forwardPhases() {
    return 1;
  }

  /** Phases of a step backward. */
  default int backwardPhases() {
    return 2;
  }

  /** One phase of a step forward. */
  void forward(Kernels kernels, Axis axis, int step, int phase, Part part);

  /** Before the last step backward: no gradient has come from later ones. */
  default void beginBackward(Part part) {}

  /**
   * One phase of a step backward: from the gradient by h, and by what else is carried, to that by
   * the gates; the last phase does no more than add to the gradient by h'.
   */
  void backward(Kernels kernels, Axis axis, int step, int phase, Part part);

  /** Adds to the gradient by the recurrent weights. */
  void accumulate(Axis axis, float[] gradient);
}
