package io.unroll.worker.model;

import io.unroll.worker.data.Example;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.model.LabelerArchitecture.Tokens;

/**
 * An encoder-decoder once more, in double and one sequence after the other, as the formulas of
 * docs/equations.md read. Shares nothing with the model but the layout of the parameters.
 */
final class NaiveEncoderDecoder {
  private static final int DECODER = 1024;

  private final EncoderDecoderArchitecture architecture;
  private final ParameterLayout layout;
  private final double[] parameters;
  private final DropoutMasks masks;

  /** How often each step of the source was looked at by the text that was written last. */
  private double[] seen;

  NaiveEncoderDecoder(
      EncoderDecoderArchitecture architecture, double[] parameters, DropoutMasks masks) {
    this.architecture = architecture;
    this.layout = architecture.layout();
    this.parameters = parameters;
    this.masks = masks;
  }

  /**
   * Loss of one example of a batch, summed over its tokens.
   *
   * @param trains whether labels are smoothed, and attention is to cover the source
   */
  double loss(Example example, int b, int batch, boolean trains) {
    double loss = 0;
    double smoothing = trains ? architecture.labelSmoothing() : 0;
    double[][] logits = logits(example, b, batch);
    for (int t = 0; t < logits.length; t++) {
      loss += (1 - smoothing) * NaiveModel.crossEntropy(logits[t], example.targets()[t + 1]);
      for (int v = 0; v < logits[t].length; v++) {
        loss += smoothing / logits[t].length * NaiveModel.crossEntropy(logits[t], v);
      }
    }
    for (int s = 0; trains && architecture.attends() && s < seen.length; s++) {
      loss += architecture.attending().options().coverage() * (1 - seen[s]) * (1 - seen[s]);
    }
    return loss;
  }

  double[][] logits(Example example, int b, int batch) {
    double[][] memory = memory(example, b, batch);
    seen = new double[memory.length];
    double[] summary = summary(memory);
    double[][] h = start(summary, 0);
    double[][] c = start(summary, 1);
    double[][] logits = new double[example.targets().length - 1][];
    for (int t = 0; t < logits.length; t++) {
      double[] written =
          drop(
              DECODER,
              architecture.dropout().input(),
              row(t, b, batch),
              row("decoder.embedding.weight", example.targets()[t]));
      double[] told = architecture.summary().isReadInEveryStep() ? summary : new double[0];
      if (architecture.attends()) {
        told = NaiveModel.join(told, attended(h[0], memory));
      }
      double[] below = NaiveModel.join(written, told);
      for (int layer = 0; layer < h.length; layer++) {
        NaiveCell cell =
            new NaiveCell(architecture.stack().cell(), layout, parameters, "decoder", "_l" + layer);
        h[layer] = cell.step(below, h[layer], c[layer]);
        below =
            drop(DECODER + layer + 1, architecture.dropout().layers(), row(t, b, batch), h[layer]);
      }
      double[] read = NaiveModel.join(NaiveModel.join(below, written), told);
      double[] out = tanh(affine("decoder.readout.weight", "decoder.readout.bias", read));
      int connection = DECODER + h.length + 1;
      out = drop(connection, architecture.dropout().layers(), row(t, b, batch), out);
      String weight =
          architecture.writer().tieWeights() ? "decoder.embedding.weight" : "output.weight";
      logits[t] = affine(weight, "output.bias", out);
    }
    return logits;
  }

  private double[][] memory(Example example, int b, int batch) {
    double[][] read = new double[example.steps()][];
    for (int t = 0; t < read.length; t++) {
      if (architecture.reader().source() instanceof Tokens) {
        read[t] = row("encoder.embedding.weight", example.tokens()[t]);
      } else {
        int size = architecture.vectorSize();
        double[] vector = new double[size];
        for (int j = 0; j < size; j++) {
          vector[j] = example.values()[t * size + j];
        }
        read[t] = affine("encoder.projection.weight", "encoder.projection.bias", vector);
      }
      int connection = architecture.reader().stack().map(Stack::layers).orElse(0);
      read[t] = drop(connection, architecture.dropout().input(), row(t, b, batch), read[t]);
    }
    if (architecture.reader().reversed()) {
      read = reversed(read);
    }
    int layers = architecture.reader().stack().map(Stack::layers).orElse(0);
    for (int level = 0; level < layers; level++) {
      double[][] said = encoder("_l" + level, read);
      if (architecture.reader().stack().orElseThrow().bidirectional()) {
        double[][] other = reversed(encoder("_l" + level + "_reverse", reversed(read)));
        for (int t = 0; t < said.length; t++) {
          said[t] = NaiveModel.join(said[t], other[t]);
        }
      }
      for (int t = 0; t < said.length; t++) {
        said[t] = drop(level, architecture.dropout().layers(), row(t, b, batch), said[t]);
      }
      read = said;
    }
    return read;
  }

  private double[][] encoder(String suffix, double[][] read) {
    Stack stack = architecture.reader().stack().orElseThrow();
    return new NaiveCell(stack.cell(), layout, parameters, "encoder", suffix).run(read);
  }

  private static double[][] reversed(double[][] steps) {
    double[][] reversed = new double[steps.length][];
    for (int t = 0; t < steps.length; t++) {
      reversed[t] = steps[steps.length - 1 - t];
    }
    return reversed;
  }

  private double[] summary(double[][] memory) {
    double[] summary = new double[memory[0].length];
    if (architecture.reader().stack().isEmpty()) {
      for (double[] step : memory) {
        for (int j = 0; j < summary.length; j++) {
          summary[j] += step[j] / memory.length;
        }
      }
      return summary;
    }
    int hidden = architecture.reader().stack().get().hidden();
    for (int j = 0; j < summary.length; j++) {
      summary[j] = memory[j < hidden ? memory.length - 1 : 0][j];
    }
    return summary;
  }

  /** The first state of each layer: h is number 0 of a layer's states, c of an LSTM number 1. */
  private double[][] start(double[] summary, int number) {
    Stack stack = architecture.stack();
    double[][] first = new double[stack.layers()][stack.hidden()];
    int states = stack.cell().states();
    if (architecture.summary().starts() && number < states) {
      double[] bridge = tanh(affine("bridge.weight", "bridge.bias", summary));
      for (int layer = 0; layer < first.length; layer++) {
        int from = (layer * states + number) * stack.hidden();
        System.arraycopy(bridge, from, first[layer], 0, stack.hidden());
      }
    }
    return first;
  }

  private double[] attended(double[] h, double[][] memory) {
    double[] query = affine("attention.query.weight", null, h);
    double[] weights = new double[memory.length];
    double sum = 0;
    for (int s = 0; s < memory.length; s++) {
      double[] key = affine("attention.key.weight", "attention.key.bias", memory[s]);
      double energy = 0;
      for (int a = 0; a < key.length; a++) {
        int v = layout.tensor("attention.energy").offset() + a;
        energy += parameters[v] * Math.tanh(query[a] + key[a]);
      }
      weights[s] = Math.exp(energy);
      sum += weights[s];
    }
    double[] context = new double[memory[0].length];
    double open = 1;
    if (architecture.attending().options().gated()) {
      double gate = affine("attention.gate.weight", "attention.gate.bias", h)[0];
      open = 1 / (1 + Math.exp(-gate));
    }
    for (int s = 0; s < memory.length; s++) {
      seen[s] += weights[s] / sum;
      for (int j = 0; j < context.length; j++) {
        context[j] += open * weights[s] / sum * memory[s][j];
      }
    }
    return context;
  }

  /** The row of a mask: every step has one of its own, or all steps have the same. */
  private int row(int t, int b, int batch) {
    return architecture.dropout().locked() ? b : t * batch + b;
  }

  private double[] row(String tensor, int row) {
    int size = layout.tensor(tensor).columns();
    double[] values = new double[size];
    System.arraycopy(parameters, layout.tensor(tensor).offset() + row * size, values, 0, size);
    return values;
  }

  private double[] affine(String weight, String bias, double[] x) {
    double[] y = new double[layout.tensor(weight).rows()];
    for (int j = 0; j < y.length; j++) {
      y[j] = NaiveCell.dot(parameters, layout.tensor(weight).offset(), j, x);
      y[j] += bias == null ? 0 : parameters[layout.tensor(bias).offset() + j];
    }
    return y;
  }

  private static double[] tanh(double[] x) {
    double[] y = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      y[j] = Math.tanh(x[j]);
    }
    return y;
  }

  private double[] drop(int connection, double probability, int row, double[] values) {
    return NaiveDropout.drop(masks, connection, probability, row, values);
  }
}
