package io.unroll.worker.layer;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * One recurrent layer over a window: reads its input (T, B, D), writes its output signal (T, B, H).
 * The loop over time is here and nowhere else; what a step is, the cell says ({@link CellSteps}).
 * Sequences are independent: each core takes some of them through all steps. Where they are fewer
 * than the cores need, each takes some of the hidden units of all sequences instead, step by step.
 *
 * <p>Its gates are sums over its inputs, one after the other. Attention is an input that is
 * computed within the steps, by the state before each; then each core takes sequences, however few.
 *
 * <p>Buffers of the forward pass are kept for the backward pass of the same window. Whether the
 * gradient goes on beyond its beginning, the {@link Start} says. Rows behind the end of a sequence
 * are not computed: they are 0.
 */
public final class RecurrentLayer implements Module {
  /** Sequences of each core that make it worth to divide them rather than the units. */
  private static final int FEWEST_ROWS = 8;

  private final Cores cores;
  private final Cell cell;
  private final RecurrentTensors tensors;
  private final List<GateInputs> inputs = new ArrayList<>();
  private final List<AttendedInputs> attended = new ArrayList<>();
  private final CellSteps steps;
  private final Signal output;
  private final int gateRows;

  private final Start start;

  /** (T, B, G): see {@link CellSteps}. */
  private final float[] gates;

  /**
   * Declares {@code rnn.weight_ih_lN} (G, D), {@code rnn.weight_hh_lN} (G, H), {@code
   * rnn.bias_ih_lN} and {@code rnn.bias_hh_lN} (G), by their names of this layer.
   *
   * @param inputs D
   * @param hidden H
   */
  public static void declare(
      ParameterLayout.Builder layout, Cell cell, RecurrentTensors tensors, int inputs, int hidden) {
    int rows = Math.multiplyExact(cell.gates(), hidden);
    InitialValues weight = InitialValues.uniform(1 / Math.sqrt(hidden));
    InitialValues bias =
        cell == Cell.LSTM ? InitialValues.ones(hidden, 2 * hidden) : InitialValues.zero();
    layout.matrix(tensors.inputWeight(), rows, inputs, weight);
    layout.matrix(tensors.recurrentWeight(), rows, hidden, weight);
    layout.vector(tensors.inputBias(), rows, bias);
    layout.vector(tensors.recurrentBias(), rows, InitialValues.zero());
  }

  /**
   * Allocates a layer.
   *
   * @param tensors its names
   * @param start what it begins a window from
   * @param inputs what its gates read: the columns of W_ih, in this order; tokens or a signal first
   */
  public RecurrentLayer(
      Blueprint blueprint,
      Cell cell,
      RecurrentTensors tensors,
      Start start,
      List<? extends LayerInput> inputs) {
    int hidden = blueprint.layout().tensor(tensors.recurrentWeight()).columns();
    this.cores = blueprint.cores();
    this.cell = cell;
    this.tensors = tensors;
    this.start = start;
    this.output = blueprint.signal(hidden);
    this.gateRows = cell.gates() * hidden;
    this.gates = blueprint.buffer(gateRows);
    this.steps = CellSteps.of(cell, blueprint, tensors, output, gates);
    int column = 0;
    for (LayerInput input : inputs) {
      read(blueprint, input, column);
      column += input.size();
    }
  }

  private void read(Blueprint blueprint, LayerInput input, int column) {
    Weight weight = blueprint.columns(tensors.inputWeight(), column, input.size());
    if (input instanceof Attention attention) {
      attended.add(new AttendedInputs(attention, weight, output, gates));
    } else if (column == 0) {
      inputs.add(GateInputs.first(blueprint, input, withBias(blueprint, weight)));
    } else {
      inputs.add(GateInputs.further(blueprint, input, weight));
    }
  }

  /**
   * A layer that goes on from the state that the window before has left.
   *
   * @param tensors its names; the layers before it have cells and sizes of the same kind
   * @param input what its gates read
   */
  public static RecurrentLayer carried(
      Blueprint blueprint, Cell cell, RecurrentTensors tensors, LayerInput input) {
    int hidden = blueprint.layout().tensor(tensors.recurrentWeight()).columns();
    Start start = new Start.Carried(tensors.layer() * cell.states() * hidden);
    return new RecurrentLayer(blueprint, cell, tensors, start, List.of(input));
  }

  /** A layer that begins every window from zeros. */
  public static RecurrentLayer fresh(
      Blueprint blueprint, Cell cell, RecurrentTensors tensors, LayerInput input) {
    return new RecurrentLayer(blueprint, cell, tensors, new Start.Zeros(), List.of(input));
  }

  /** Where b_hh is not multiplied by anything, it is added together with b_ih. */
  private Linear withBias(Blueprint blueprint, Weight weight) {
    return cell == Cell.GRU_RESET_AFTER
        ? blueprint.linear(weight, tensors.inputBias())
        : blueprint.linear(weight, tensors.inputBias(), tensors.recurrentBias());
  }

  /** (T, B, H). */
  public Signal output() {
    return output;
  }

  /** Its tensors' names, which say where it stands in its stack. */
  public RecurrentTensors tensors() {
    return tensors;
  }

  /** What its steps are. */
  public Cell cell() {
    return cell;
  }

  /**
   * L2 norm of the gradient of the loss by h after a step of a sequence, whoever reads that h: all
   * layers above, and the next step. Of an LSTM, c after the step is another variable. Valid after
   * the backward pass of a window, until the next one.
   *
   * @param step from 0, in the order in which the layer does them
   */
  public double gradientNorm(int batch, int step, int b) {
    int from = output.offset(step, batch) + b * output.size();
    double squares = 0;
    for (int x = from; x < from + output.size(); x++) {
      squares += (double) output.gradient()[x] * output.gradient()[x];
    }
    return Math.sqrt(squares);
  }

  /**
   * Counts the gates of all steps, and how many of them are saturated. Valid after the forward pass
   * of a window, until its backward pass.
   *
   * @param axis of the window; steps behind the end of a sequence do not count
   */
  public void count(Axis axis, Saturation saturation) {
    Matrix rows = cell == Cell.RNN ? output.rows(axis.batch()) : Matrix.of(gates, gateRows);
    for (int step = 0; step < axis.time(); step++) {
      for (int b = 0; b < axis.batch(); b++) {
        if (step < axis.length(b)) {
          saturation.add(rows.values(), rows.at(step * axis.batch() + b), output.size());
        }
      }
    }
  }

  @Override
  public void use(float[] parameters) {
    inputs.forEach(input -> input.use(parameters));
    attended.forEach(input -> input.use(parameters));
    steps.use(parameters);
  }

  @Override
  public void forward(Pass pass) {
    Axis axis = pass.axis();
    int slot = axis.batch() * output.size();
    start.enter(pass, steps.states(), slot);
    inputs.forEach(input -> input.forward(pass, gates));
    clearPadding(axis);
    eachPhase(
        new Order(axis, steps.forwardPhases(), false),
        part -> {},
        (kernels, step, phase, part) -> {
          if (phase == 0) {
            attended.forEach(input -> input.forward(kernels, pass, step, part));
          }
          steps.forward(kernels, axis, step, phase, part);
        });
    start.leave(pass, steps.states(), slot);
  }

  /** Nothing is computed there, and nothing may be left there that sums would read. */
  private void clearPadding(Axis axis) {
    if (!axis.isPadded()) {
      return;
    }
    int batch = axis.batch();
    int hidden = output.size();
    cores.run(
        share -> {
          Range mine = share.pieces(axis.time());
          for (int step = mine.from(); step < mine.to(); step++) {
            Range rows = new Range(step * batch + axis.active(step), (step + 1) * batch);
            Arrays.fill(gates, rows.from() * gateRows, rows.to() * gateRows, 0f);
            int from = output.offset(step, batch) + axis.active(step) * hidden;
            Arrays.fill(output.values(), from, output.offset(step + 1, batch), 0f);
            steps.clear(rows);
          }
        });
  }

  /** One phase of a time step. */
  @FunctionalInterface
  private interface Phase {
    /** Does a part of it. */
    void run(Kernels kernels, int step, int phase, Part part);
  }

  /** The phases of all steps, one after the other: step by step forward or backward. */
  private record Order(Axis axis, int phases, boolean backward) {
    int pieces() {
      return axis.time() * phases;
    }

    int step(int piece) {
      int step = piece / phases;
      return backward ? axis.time() - 1 - step : step;
    }
  }

  /**
   * Does all steps by all cores. Each takes some sequences through all of them, if there are enough
   * that its register tiles are full; otherwise some units of all sequences, and waits for the
   * others after each phase.
   *
   * @param begin what each does first with its part
   */
  private void eachPhase(Order order, Consumer<Part> begin, Phase work) {
    int batch = order.axis().batch();
    int hidden = output.size();
    if (!attended.isEmpty() || cores.count() == 1 || batch >= cores.count() * FEWEST_ROWS) {
      cores.run(
          share -> {
            Part part = Part.ofRows(share.rows(batch), hidden);
            begin.accept(part);
            for (int piece = 0; piece < order.pieces(); piece++) {
              run(order, piece, part, share.kernels(), work);
            }
          });
      return;
    }
    cores.run(share -> begin.accept(Part.ofUnits(batch, share.elements(hidden), hidden)));
    for (int piece = 0; piece < order.pieces(); piece++) {
      int current = piece;
      cores.run(
          share -> {
            Part part = Part.ofUnits(batch, share.elements(hidden), hidden);
            run(order, current, part, share.kernels(), work);
          });
    }
  }

  /** Does one phase, of the sequences that have not ended. */
  private static void run(Order order, int piece, Part part, Kernels kernels, Phase work) {
    int step = order.step(piece);
    Part active = part.before(order.axis().active(step));
    if (!active.isEmpty()) {
      work.run(kernels, step, piece % order.phases(), active);
    }
  }

  /** The gradient by the output signal is modified: what flows back through time is added. */
  @Override
  public void backward(Pass pass) {
    Axis axis = pass.axis();
    attended.forEach(input -> input.beginBackward(pass));
    int last = steps.backwardPhases() - 1;
    eachPhase(
        new Order(axis, steps.backwardPhases(), true),
        part -> {
          // Of the state before the window, which no reader above has.
          part.clear(output.gradient());
          steps.beginBackward(part);
        },
        (kernels, step, phase, part) -> {
          boolean ends = step == 0 && !start.hasGradient();
          if (phase < last || !ends) {
            steps.backward(kernels, axis, step, phase, part);
          }
          if (phase == last) {
            attended.forEach(input -> input.backward(kernels, pass, step, part, ends));
          }
        });
    start.backward(pass, steps.startGradients());
    inputs.forEach(input -> input.backward(pass, gates));
  }

  @Override
  public void accumulate(Pass pass, float[] gradient) {
    steps.accumulate(pass.axis(), gradient);
    inputs.forEach(input -> input.accumulate(pass, gates, gradient));
    attended.forEach(input -> input.accumulate(pass, gradient));
  }
}
