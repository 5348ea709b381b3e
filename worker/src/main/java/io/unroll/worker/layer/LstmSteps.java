package io.unroll.worker.layer;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
import java.util.List;

/**
 * LSTM with forget gate (Hochreiter and Schmidhuber 1997; Gers, Schmidhuber and Cummins 2000),
 * without peepholes:
 *
 * <pre>
 * i, f, o = sigmoid(W_ih x + b_ih + W_hh h' + b_hh),  g = tanh(...)
 * c = f c' + i g,  h = o tanh(c)
 * </pre>
 *
 * <p>Letters: T steps, B sequences, H hidden units; h', c' of the previous step. Gate order i, f,
 * g, o.
 */
final class LstmSteps implements CellSteps {
  private final int hidden;
  private final int gateRows;
  private final Weight recurrent;
  private final Signal output;

  /** (T, B, 4H): pre-activations, then activations, then the gradient by the pre-activations. */
  private final float[] gates;

  /** (T + 1, B, H), from the state before the window on. */
  private final float[] cells;

  /** (T, B, H). */
  private final float[] tanhCells;

  /** (B, H): gradient by the cell state that flows back through time. */
  private final float[] cellGradient;

  LstmSteps(Blueprint blueprint, RecurrentTensors tensors, Signal output, float[] gates) {
    this.hidden = output.size();
    this.gateRows = 4 * hidden;
    this.recurrent = blueprint.weight(tensors.recurrentWeight());
    this.output = output;
    this.gates = gates;
    this.cells = new float[output.values().length];
    this.tanhCells = blueprint.buffer(hidden);
    this.cellGradient = new float[blueprint.capacity().batch() * hidden];
  }

  @Override
  public List<float[]> states() {
    return List.of(output.values(), cells);
  }

  @Override
  public List<float[]> startGradients() {
    return List.of(output.gradient(), cellGradient);
  }

  @Override
  public void forward(Kernels kernels, Axis axis, int step, int phase, Part part) {
    Matrix h = output.states();
    Matrix c = Matrix.of(cells, hidden);
    int row = part.row(axis, step);
    int next = row + axis.batch();
    Matrix gate = Matrix.of(gates, gateRows).from(row);
    Matrix tanhC = Matrix.of(tanhCells, hidden).from(row);
    recurrent.addProduct(kernels, part, h.from(row), gate);
    kernels.lstmForward(
        part.count(), part.from(), part.to(), gate, c.from(row), c.from(next), tanhC, h.from(next));
  }

  @Override
  public void beginBackward(Part part) {
    part.clear(cellGradient);
  }

  @Override
  public void backward(Kernels kernels, Axis axis, int step, int phase, Part part) {
    Matrix dh = output.stateGradients();
    int row = part.row(axis, step);
    Matrix gate = Matrix.of(gates, gateRows).from(row);
    if (phase == 0) {
      Matrix c = Matrix.of(cells, hidden).from(row);
      Matrix tanhC = Matrix.of(tanhCells, hidden).from(row);
      Matrix dc = Matrix.of(cellGradient, hidden).from(part.rows().from());
      kernels.lstmBackward(
          part.count(), part.from(), part.to(), gate, c, tanhC, dh.from(row + axis.batch()), dc);
    } else {
      recurrent.addInputGradient(kernels, part, gate, dh.from(row));
    }
  }

  @Override
  public void accumulate(Axis axis, float[] gradient) {
    recurrent.accumulate(axis.rows(), Matrix.of(gates, gateRows), output.states(), gradient);
  }
}
