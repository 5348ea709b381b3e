package io.unroll.worker.model;

import io.unroll.worker.data.Window;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;
import java.util.stream.IntStream;

/**
 * The forward pass once more, in double and as the formulas of docs/equations.md read: one
 * sequence, one step, one unit at a time. Shares nothing with the model but the layout of the
 * parameters.
 */
final class NaiveModel {
  private final Architecture architecture;
  private final int embedding;
  private final int output;
  private final int outputBias;
  private final int[] weightIh;
  private final int[] weightHh;
  private final int[] biasIh;
  private final int[] biasHh;
  private final double[] parameters;
  private final DropoutMasks masks;

  NaiveModel(Architecture architecture, double[] parameters, DropoutMasks masks) {
    this.architecture = architecture;
    ParameterLayout layout = LanguageModel.layout(architecture);
    this.embedding = layout.tensor("embedding.weight").offset();
    this.output = architecture.tieWeights() ? embedding : layout.tensor("output.weight").offset();
    this.outputBias = layout.tensor("output.bias").offset();
    this.weightIh = offsets(layout, "rnn.weight_ih_l");
    this.weightHh = offsets(layout, "rnn.weight_hh_l");
    this.biasIh = offsets(layout, "rnn.bias_ih_l");
    this.biasHh = offsets(layout, "rnn.bias_hh_l");
    this.parameters = parameters;
    this.masks = masks;
  }

  private int[] offsets(ParameterLayout layout, String prefix) {
    return IntStream.range(0, architecture.layers())
        .map(layer -> layout.tensor(prefix + layer).offset())
        .toArray();
  }

  /** Summed loss of the window; the state (layer, h|c, B, H) is advanced. */
  double loss(Window window, double[] state) {
    double loss = 0;
    for (int t = 0; t < window.time(); t++) {
      for (int b = 0; b < window.batch(); b++) {
        int x = t * window.batch() + b;
        double[] h = step(window.inputs()[x], x, b, window.batch(), state);
        loss += window.weights()[x] * crossEntropy(logits(h), window.targets()[x]);
      }
    }
    return loss;
  }

  private double[] step(int token, int x, int b, int batch, double[] state) {
    double[] input = new double[architecture.embedding()];
    for (int j = 0; j < input.length; j++) {
      input[j] = parameters[embedding + token * input.length + j];
    }
    for (int layer = 0; layer < architecture.layers(); layer++) {
      input = drop(layer, x, layer(layer, input, b, batch, state));
    }
    return input;
  }

  private double[] layer(int layer, double[] x, int b, int batch, double[] state) {
    int hidden = architecture.hidden();
    int states = architecture.cell().states();
    int from = layer * states * batch * hidden + b * hidden;
    int cFrom = from + batch * hidden;
    double[] previous = new double[hidden];
    System.arraycopy(state, from, previous, 0, hidden);
    double[] next = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      switch (architecture.cell()) {
        case RNN -> next[j] = Math.tanh(gate(layer, j, x, previous));
        case LSTM -> {
          double i = sigmoid(gate(layer, j, x, previous));
          double f = sigmoid(gate(layer, hidden + j, x, previous));
          double g = Math.tanh(gate(layer, 2 * hidden + j, x, previous));
          double o = sigmoid(gate(layer, 3 * hidden + j, x, previous));
          double c = f * state[cFrom + j] + i * g;
          state[cFrom + j] = c;
          next[j] = o * Math.tanh(c);
        }
        case GRU -> {
          double z = sigmoid(gate(layer, hidden + j, x, previous));
          double[] reset = new double[hidden];
          for (int k = 0; k < hidden; k++) {
            reset[k] = sigmoid(gate(layer, k, x, previous)) * previous[k];
          }
          double n = Math.tanh(gate(layer, 2 * hidden + j, x, reset));
          next[j] = (1 - z) * previous[j] + z * n;
        }
        case GRU_RESET_AFTER -> {
          double r = sigmoid(gate(layer, j, x, previous));
          double z = sigmoid(gate(layer, hidden + j, x, previous));
          int row = 2 * hidden + j;
          double n = Math.tanh(input(layer, row, x) + r * recurrent(layer, row, previous));
          next[j] = (1 - z) * n + z * previous[j];
        }
      }
    }
    System.arraycopy(next, 0, state, from, hidden);
    return next;
  }

  private double gate(int layer, int row, double[] x, double[] h) {
    return input(layer, row, x) + recurrent(layer, row, h);
  }

  private double input(int layer, int row, double[] x) {
    return dot(weightIh[layer], row, x) + parameters[biasIh[layer] + row];
  }

  private double recurrent(int layer, int row, double[] h) {
    return dot(weightHh[layer], row, h) + parameters[biasHh[layer] + row];
  }

  private double[] logits(double[] h) {
    double[] logits = new double[architecture.vocabulary()];
    for (int v = 0; v < logits.length; v++) {
      logits[v] = dot(output, v, h) + parameters[outputBias + v];
    }
    return logits;
  }

  private static double crossEntropy(double[] logits, int target) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - logits[target]);
    }
    return Math.log(sum);
  }

  /** Element j of row x of a connection is number x D + j of its stream, 16 bits each. */
  private double[] drop(int connection, int x, double[] values) {
    double[] kept = values.clone();
    if (masks.equals(DropoutMasks.NONE) || architecture.dropout() == 0) {
      return kept;
    }
    double threshold = Math.rint(architecture.dropout() * 65536);
    RandomStream stream =
        new RandomStream(masks.seed(), Purpose.DROPOUT, masks.lane(), masks.step());
    for (int j = 0; j < kept.length; j++) {
      long element = (long) x * kept.length + j;
      stream.skipTo(((long) connection << 32) + element / 2);
      int bits = stream.nextInt() >>> (element % 2 == 0 ? 0 : 16) & 0xFFFF;
      kept[j] = bits < threshold ? 0 : values[j] * 65536 / (65536 - threshold);
    }
    return kept;
  }

  private double dot(int weight, int row, double[] x) {
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
