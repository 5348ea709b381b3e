package io.unroll.worker.layer;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
import io.unroll.worker.parallel.Range;
import java.util.Arrays;
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

  LstmSteps(Blueprint blueprint, int layer, Signal output, float[] gates) {
    this.hidden = output.size();
    this.gateRows = 4 * hidden;
    this.recurrent = blueprint.weight("rnn.weight_hh_l" + layer);
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
  public void forward(Kernels kernels, Axis axis, int step, Range rows) {
    Matrix h = output.states();
    Matrix c = Matrix.of(cells, hidden);
    Matrix tanhC = Matrix.of(tanhCells, hidden);
    int count = rows.size();
    int row = step * axis.batch() + rows.from();
    int next = row + axis.batch();
    Matrix gate = Matrix.of(gates, gateRows).from(row);
    recurrent.addProduct(kernels, count, h.from(row), gate);
    kernels.lstmForward(
        count, 0, hidden, gate, c.from(row), c.from(next), tanhC.from(row), h.from(next));
  }

  @Override
  public void beginBackward(Axis axis, Range rows) {
    Arrays.fill(cellGradient, rows.from() * hidden, rows.to() * hidden, 0f);
  }

  @Override
  public void backward(Kernels kernels, Axis axis, int step, Range rows, boolean flowsOn) {
    Matrix c = Matrix.of(cells, hidden);
    Matrix tanhC = Matrix.of(tanhCells, hidden);
    Matrix dh = output.stateGradients();
    Matrix dc = Matrix.of(cellGradient, hidden).from(rows.from());
    int count = rows.size();
    int row = step * axis.batch() + rows.from();
    int next = row + axis.batch();
    Matrix gate = Matrix.of(gates, gateRows).from(row);
    kernels.lstmBackward(count, 0, hidden, gate, c.from(row), tanhC.from(row), dh.from(next), dc);
    if (flowsOn) {
      recurrent.addInputGradient(kernels, count, gate, dh.from(row));
    }
  }

  @Override
  public void accumulate(Axis axis, float[] gradient) {
    recurrent.accumulate(axis.rows(), Matrix.of(gates, gateRows), output.states(), gradient);
  }
}
