package io.unroll.worker.layer;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.parallel.Cores;

/**
 * One recurrent layer over a window: reads its input (T, B, D), writes its output signal (T, B, H).
 * The loop over time is here and nowhere else; what a step is, the cell says ({@link CellSteps}).
 * Sequences are independent: each core takes some of them through all steps. Where they are fewer
 * than the cores need, each takes some of the hidden units of all sequences instead, step by step.
 *
 * <p>Buffers of the forward pass are kept for the backward pass of the same window. The gradient is
 * cut at the beginning of the window (truncated back-propagation through time): the state that was
 * carried into it gets none.
 */
public final class RecurrentLayer implements Module {
  /** Sequences of each core that make it worth to divide them rather than the units. */
  private static final int FEWEST_ROWS = 8;

  private final Cores cores;
  private final GateInputs inputs;
  private final CellSteps steps;
  private final Signal output;

  /** Where the layer's part of the state begins, in floats for one sequence. */
  private final int stateOffset;

  /** (T, B, G): see {@link CellSteps}. */
  private final float[] gates;

  /**
   * Declares {@code rnn.weight_ih_lN} (G, D), {@code rnn.weight_hh_lN} (G, H), {@code
   * rnn.bias_ih_lN} and {@code rnn.bias_hh_lN} (G).
   *
   * @param layer N
   * @param inputs D
   * @param hidden H
   */
  public static void declare(
      ParameterLayout.Builder layout, Cell cell, int layer, int inputs, int hidden) {
    int rows = Math.multiplyExact(cell.gates(), hidden);
    InitialValues weight = InitialValues.uniform(1 / Math.sqrt(hidden));
    InitialValues bias =
        cell == Cell.LSTM ? InitialValues.ones(hidden, 2 * hidden) : InitialValues.zero();
    layout.matrix("rnn.weight_ih_l" + layer, rows, inputs, weight);
    layout.matrix("rnn.weight_hh_l" + layer, rows, hidden, weight);
    layout.vector("rnn.bias_ih_l" + layer, rows, bias);
    layout.vector("rnn.bias_hh_l" + layer, rows, InitialValues.zero());
  }

  /**
   * Allocates a layer.
   *
   * @param layer number of the layer; those before it have cells and sizes of the same kind
   * @param input what its gates read
   */
  public RecurrentLayer(Blueprint blueprint, Cell cell, int layer, LayerInput input) {
    int hidden = blueprint.layout().tensor("rnn.weight_hh_l" + layer).columns();
    this.cores = blueprint.cores();
    this.output = blueprint.signal(hidden);
    this.stateOffset = layer * cell.states() * hidden;
    this.gates = blueprint.buffer(cell.gates() * hidden);
    this.steps = CellSteps.of(cell, blueprint, layer, output, gates);
    this.inputs = GateInputs.of(blueprint, input, inputProduct(blueprint, cell, layer));
  }

  /** Where b_hh is not multiplied by anything, it is added together with b_ih. */
  private static Linear inputProduct(Blueprint blueprint, Cell cell, int layer) {
    String weight = "rnn.weight_ih_l" + layer;
    String bias = "rnn.bias_ih_l" + layer;
    return cell == Cell.GRU_RESET_AFTER
        ? blueprint.linear(weight, bias)
        : blueprint.linear(weight, bias, "rnn.bias_hh_l" + layer);
  }

  /** (T, B, H). */
  public Signal output() {
    return output;
  }

  @Override
  public void use(float[] parameters) {
    inputs.use(parameters);
    steps.use(parameters);
  }

  @Override
  public void forward(Pass pass) {
    Axis axis = pass.axis();
    carryIn(axis.batch(), pass.state());
    inputs.forward(axis, gates);
    eachPhase(
        axis,
        steps.forwardPhases(),
        (kernels, step, phase, part) -> steps.forward(kernels, axis, step, phase, part));
    carryOut(axis, pass.state());
  }

  /** One phase of a time step. */
  @FunctionalInterface
  private interface Phase {
    /**
     * Does a part of it.
     *
     * @param step counts from 0 in the order in which they are done
     */
    void run(Kernels kernels, int step, int phase, Part part);
  }

  /**
   * Does all steps by all cores. Each takes some sequences through all of them, if there are enough
   * that its register tiles are full; otherwise some units of all sequences, and waits for the
   * others after each phase.
   */
  private void eachPhase(Axis axis, int phases, Phase work) {
    int hidden = output.size();
    if (cores.count() == 1 || axis.batch() >= cores.count() * FEWEST_ROWS) {
      cores.run(
          share -> {
            Part part = Part.ofRows(share.rows(axis.batch()), hidden);
            for (int piece = 0; piece < axis.time() * phases; piece++) {
              work.run(share.kernels(), piece / phases, piece % phases, part);
            }
          });
      return;
    }
    for (int piece = 0; piece < axis.time() * phases; piece++) {
      int step = piece / phases;
      int phase = piece % phases;
      cores.run(
          share -> {
            Part part = Part.ofUnits(axis.batch(), share.elements(hidden), hidden);
            if (!part.isEmpty()) {
              work.run(share.kernels(), step, phase, part);
            }
          });
    }
  }

  private void carryIn(int batch, float[] state) {
    int slot = batch * output.size();
    int from = stateOffset * batch;
    for (float[] carried : steps.states()) {
      System.arraycopy(state, from, carried, 0, slot);
      from += slot;
    }
  }

  private void carryOut(Axis axis, float[] state) {
    int slot = axis.batch() * output.size();
    int to = stateOffset * axis.batch();
    for (float[] carried : steps.states()) {
      System.arraycopy(carried, axis.time() * slot, state, to, slot);
      to += slot;
    }
  }

  /** The gradient by the output signal is modified: what flows back through time is added. */
  @Override
  public void backward(Pass pass) {
    Axis axis = pass.axis();
    eachPhase(
        axis,
        steps.backwardPhases(),
        (kernels, step, phase, part) -> {
          if (step == 0 && phase == 0) {
            // Of the state before the window, which no reader above has.
            part.clear(output.gradient());
            steps.beginBackward(part);
          }
          steps.backward(kernels, axis, axis.time() - 1 - step, phase, part);
        });
    inputs.backward(axis, gates);
  }

  @Override
  public void accumulate(Pass pass, float[] gradient) {
    steps.accumulate(pass.axis(), gradient);
    inputs.accumulate(pass.axis(), gates, gradient);
  }
}
