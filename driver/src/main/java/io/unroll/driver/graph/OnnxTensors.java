package io.unroll.driver.graph;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.ParameterLayout.Tensor;
import io.unroll.worker.layer.RecurrentTensors;
import java.util.Arrays;

/** The tensors of a model as ONNX has them. */
record OnnxTensors(ParameterLayout layout, float[] parameters) {
  /** Blocks of rows by ONNX's order: i, o, f, c of ours i, f, g, o. */
  private static final int[] LSTM_GATES = {0, 3, 1, 2};

  /** Likewise: z, r, h of ours r, z, n. */
  private static final int[] GRU_GATES = {1, 0, 2};

  private static final int UPDATE = 0;

  Tensor shape(String name) {
    return layout.tensor(name);
  }

  /** Numbers of a tensor, row-major; a copy. */
  float[] values(String name) {
    Tensor tensor = layout.tensor(name);
    return Arrays.copyOfRange(parameters, tensor.offset(), tensor.offset() + tensor.size());
  }

  /** Keeps a matrix in a graph as it is; returns its name. */
  String matrix(OnnxGraph graph, String name) {
    Tensor tensor = layout.tensor(name);
    return graph.floats(name, values(name), tensor.rows(), tensor.columns());
  }

  /** Numbers of the transposed matrix. */
  float[] transposed(String name) {
    Tensor tensor = layout.tensor(name);
    float[] found = new float[tensor.size()];
    for (int row = 0; row < tensor.rows(); row++) {
      for (int column = 0; column < tensor.columns(); column++) {
        found[column * tensor.rows() + row] =
            parameters[tensor.offset() + row * tensor.columns() + column];
      }
    }
    return found;
  }

  /** W of a layer. */
  float[] inputWeight(Cell cell, RecurrentTensors tensors) {
    return gates(cell, tensors.inputWeight());
  }

  /** R of a layer. */
  float[] recurrentWeight(Cell cell, RecurrentTensors tensors) {
    return gates(cell, tensors.recurrentWeight());
  }

  /** B of a layer: those of W, then those of R. */
  float[] biases(Cell cell, RecurrentTensors tensors) {
    float[] first = gates(cell, tensors.inputBias());
    float[] second = gates(cell, tensors.recurrentBias());
    float[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /**
   * A tensor with its gates in ONNX's order. The update gate z of the paper's GRU takes the new
   * value where it is 1, and that of ONNX keeps the old one: σ(-a) = 1 - σ(a), so its rows are
   * negated.
   */
  private float[] gates(Cell cell, String name) {
    float[] values = values(name);
    int block = values.length / cell.gates();
    float[] found = new float[values.length];
    int[] order = order(cell);
    for (int gate = 0; gate < order.length; gate++) {
      boolean negated = cell == Cell.GRU && gate == UPDATE;
      for (int x = 0; x < block; x++) {
        float value = values[order[gate] * block + x];
        found[gate * block + x] = negated ? -value : value;
      }
    }
    return found;
  }

  private static int[] order(Cell cell) {
    return switch (cell) {
      case RNN -> new int[] {0};
      case LSTM -> LSTM_GATES;
      case GRU, GRU_RESET_AFTER -> GRU_GATES;
    };
  }
}
