package io.unroll.worker.model;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.ParameterLayout;

/** One step of one recurrent layer, in double and as the formulas of docs/equations.md read. */
final class NaiveCell {
  private final Cell cell;
  private final int hidden;
  private final double[] parameters;
  private final int weightIh;
  private final int weightHh;
  private final int biasIh;
  private final int biasHh;

  /**
   * @param prefix of its tensors, such as {@code rnn}
   * @param suffix such as {@code _l0_reverse}
   */
  NaiveCell(Cell cell, ParameterLayout layout, double[] parameters, String prefix, String suffix) {
    this.cell = cell;
    this.parameters = parameters;
    this.weightIh = layout.tensor(prefix + ".weight_ih" + suffix).offset();
    this.weightHh = layout.tensor(prefix + ".weight_hh" + suffix).offset();
    this.hidden = layout.tensor(prefix + ".weight_hh" + suffix).columns();
    this.biasIh = layout.tensor(prefix + ".bias_ih" + suffix).offset();
    this.biasHh = layout.tensor(prefix + ".bias_hh" + suffix).offset();
  }

  int hidden() {
    return hidden;
  }

  /** The next h; c is advanced where the cell has one. */
  double[] step(double[] x, double[] previous, double[] c) {
    double[] next = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      switch (cell) {
        case RNN -> next[j] = Math.tanh(gate(j, x, previous));
        case LSTM -> {
          double i = sigmoid(gate(j, x, previous));
          double f = sigmoid(gate(hidden + j, x, previous));
          double g = Math.tanh(gate(2 * hidden + j, x, previous));
          double o = sigmoid(gate(3 * hidden + j, x, previous));
          c[j] = f * c[j] + i * g;
          next[j] = o * Math.tanh(c[j]);
        }
        case GRU -> {
          double z = sigmoid(gate(hidden + j, x, previous));
          double[] reset = new double[hidden];
          for (int k = 0; k < hidden; k++) {
            reset[k] = sigmoid(gate(k, x, previous)) * previous[k];
          }
          double n = Math.tanh(gate(2 * hidden + j, x, reset));
          next[j] = (1 - z) * previous[j] + z * n;
        }
        case GRU_RESET_AFTER -> {
          double r = sigmoid(gate(j, x, previous));
          double z = sigmoid(gate(hidden + j, x, previous));
          int row = 2 * hidden + j;
          double n = Math.tanh(input(row, x) + r * recurrent(row, previous));
          next[j] = (1 - z) * n + z * previous[j];
        }
      }
    }
    return next;
  }

  /** h of all steps of a sequence that begins from zeros. */
  double[][] run(double[][] inputs) {
    return run(inputs, (step, h) -> {});
  }

  /** Changes h after a step. */
  @FunctionalInterface
  interface Change {
    void apply(int step, double[] h);
  }

  /** The same with h changed after each step. */
  double[][] run(double[][] inputs, Change change) {
    double[][] outputs = new double[inputs.length][];
    double[] h = new double[hidden];
    double[] c = new double[hidden];
    for (int t = 0; t < inputs.length; t++) {
      h = step(inputs[t], h, c);
      change.apply(t, h);
      outputs[t] = h;
    }
    return outputs;
  }

  private double gate(int row, double[] x, double[] h) {
    return input(row, x) + recurrent(row, h);
  }

  private double input(int row, double[] x) {
    return dot(parameters, weightIh, row, x) + parameters[biasIh + row];
  }

  private double recurrent(int row, double[] h) {
    return dot(parameters, weightHh, row, h) + parameters[biasHh + row];
  }

  /** Row of a matrix times x. */
  static double dot(double[] parameters, int weight, int row, double[] x) {
    int from = weight + row * x.length;
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += parameters[from + j] * x[j];
    }
    return sum;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
