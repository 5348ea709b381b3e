package io.unroll.worker.layer;

import java.util.Arrays;
import java.util.List;

/** What a recurrent layer begins a window from. */
public sealed interface Start {
  /**
   * Puts it before the first step.
   *
   * @param states of the layer ({@link CellSteps#states}), whose first (B, H) are overwritten
   * @param slot B·H
   */
  void enter(Pass pass, List<float[]> states, int slot);

  /** Takes the states behind the last step, where a later window goes on from them. */
  default void leave(Pass pass, List<float[]> states, int slot) {}

  /** Whether the gradient goes on beyond the first step. */
  default boolean hasGradient() {
    return false;
  }

  /**
   * Adds to the gradient by what the window began from.
   *
   * @param gradients as {@link CellSteps#startGradients}
   */
  default void backward(Pass pass, List<float[]> gradients) {}

  /** Every window begins from zeros. */
  record Zeros() implements Start {
    @Override
    public void enter(Pass pass, List<float[]> states, int slot) {
      states.forEach(state -> Arrays.fill(state, 0, slot, 0f));
    }
  }

  /**
   * The state that the window before has left; a pass without state begins from zeros. The gradient
   * is cut there: truncated back-propagation through time.
   *
   * @param offset of the layer's part of {@link Pass#state}, in floats for one sequence
   */
  record Carried(int offset) implements Start {
    @Override
    public void enter(Pass pass, List<float[]> states, int slot) {
      if (pass.state().length == 0) {
        new Zeros().enter(pass, states, slot);
        return;
      }
      int from = offset * pass.axis().batch();
      for (float[] state : states) {
        System.arraycopy(pass.state(), from, state, 0, slot);
        from += slot;
      }
    }

    @Override
    public void leave(Pass pass, List<float[]> states, int slot) {
      if (pass.state().length == 0) {
        return;
      }
      int to = offset * pass.axis().batch();
      for (float[] state : states) {
        System.arraycopy(state, pass.axis().time() * slot, pass.state(), to, slot);
        to += slot;
      }
    }
  }

  /**
   * A vector that something else says, with gradient: the bridge from an encoder to a decoder. A
   * pass that has a state goes on from that instead, as {@link Carried} does.
   *
   * @param vector (1, B, states·H of all layers)
   * @param offset of the layer's first state in it
   * @param hidden H
   */
  record Bridged(Signal vector, int offset, int hidden) implements Start {
    @Override
    public void enter(Pass pass, List<float[]> states, int slot) {
      if (pass.state().length > 0) {
        new Carried(offset).enter(pass, states, slot);
        return;
      }
      copyTo(pass.axis().batch(), states);
    }

    private void copyTo(int batch, List<float[]> states) {
      for (int b = 0; b < batch; b++) {
        int from = vector.rows(batch).at(b) + offset;
        for (float[] state : states) {
          System.arraycopy(vector.values(), from, state, b * hidden, hidden);
          from += hidden;
        }
      }
    }

    @Override
    public void leave(Pass pass, List<float[]> states, int slot) {
      new Carried(offset).leave(pass, states, slot);
    }

    @Override
    public boolean hasGradient() {
      return true;
    }

    /** Every layer has columns of its own, so the first to come clears all of them. */
    @Override
    public void backward(Pass pass, List<float[]> gradients) {
      int batch = pass.axis().batch();
      int begin = vector.offset(0, batch);
      if (vector.addsFirst()) {
        Arrays.fill(vector.gradient(), begin, begin + batch * vector.size(), 0f);
      }
      for (int b = 0; b < batch; b++) {
        int to = begin + b * vector.size() + offset;
        for (float[] gradient : gradients) {
          for (int j = 0; j < hidden; j++) {
            vector.gradient()[to + j] += gradient[b * hidden + j];
          }
          to += hidden;
        }
      }
    }
  }
}
