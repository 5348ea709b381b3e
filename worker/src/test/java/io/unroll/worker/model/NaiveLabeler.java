package io.unroll.worker.model;

import io.unroll.worker.data.Example;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.Pooling;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import java.util.List;

/**
 * A labeler once more, in double and one sequence after the other, as the formulas of
 * docs/equations.md read. Shares nothing with the model but the layout of the parameters.
 */
final class NaiveLabeler {
  private final LabelerArchitecture architecture;
  private final ParameterLayout layout;
  private final double[] parameters;
  private final DropoutMasks masks;
  private final Nudge nudge;

  NaiveLabeler(LabelerArchitecture architecture, double[] parameters, DropoutMasks masks) {
    this(architecture, parameters, masks, Nudge.NONE);
  }

  /** One whose h is changed at one place, in all sequences. */
  NaiveLabeler(
      LabelerArchitecture architecture, double[] parameters, DropoutMasks masks, Nudge nudge) {
    this.architecture = architecture;
    this.layout = architecture.layout();
    this.parameters = parameters;
    this.masks = masks;
    this.nudge = nudge;
  }

  /** Summed loss of some examples that are trained side by side. */
  double loss(List<Example> examples) {
    double loss = 0;
    for (int b = 0; b < examples.size(); b++) {
      double[][] logits = logits(examples.get(b), b, examples.size());
      for (int place = 0; place < logits.length; place++) {
        loss += NaiveModel.crossEntropy(logits[place], examples.get(b).targets()[place]);
      }
    }
    return loss;
  }

  /** What the output layer says: one row, or one for each step. */
  double[][] logits(Example example, int b, int batch) {
    double[][] said = stack(read(example, b, batch), b, batch);
    double[][] heads = architecture.isPooled() ? new double[][] {pooled(said, b)} : said;
    double[][] logits = new double[heads.length][architecture.labels()];
    for (int place = 0; place < heads.length; place++) {
      for (int k = 0; k < architecture.labels(); k++) {
        logits[place][k] =
            NaiveCell.dot(parameters, layout.tensor("output.weight").offset(), k, heads[place])
                + parameters[layout.tensor("output.bias").offset() + k];
      }
    }
    return logits;
  }

  private double[][] read(Example example, int b, int batch) {
    double[][] read = new double[example.steps()][];
    for (int t = 0; t < read.length; t++) {
      if (architecture.source() instanceof Tokens tokens) {
        read[t] = row("embedding.weight", example.tokens()[t], tokens.embedding());
        if (tokens.characters().isPresent()) {
          read[t] = NaiveModel.join(read[t], spelled(example.words()[t]));
        }
      } else {
        int size = architecture.source().size();
        read[t] = new double[size];
        for (int j = 0; j < size; j++) {
          read[t][j] = example.values()[t * size + j];
        }
      }
      read[t] =
          drop(architecture.stack().layers(), architecture.dropout().input(), t, b, batch, read[t]);
    }
    return read;
  }

  private double[] row(String tensor, int row, int size) {
    double[] values = new double[size];
    for (int j = 0; j < size; j++) {
      values[j] = parameters[layout.tensor(tensor).offset() + row * size + j];
    }
    return values;
  }

  private double[] spelled(int[] word) {
    int size = layout.tensor("characters.embedding.weight").columns();
    double[][] characters = new double[word.length][];
    for (int c = 0; c < word.length; c++) {
      characters[c] = row("characters.embedding.weight", word[c], size);
    }
    double[][] forward = cell("characters.rnn", "_l0").run(characters);
    double[][] backward = cell("characters.rnn", "_l0_reverse").run(reversed(characters));
    return NaiveModel.join(forward[word.length - 1], backward[word.length - 1]);
  }

  private NaiveCell cell(String prefix, String suffix) {
    return new NaiveCell(architecture.stack().cell(), layout, parameters, prefix, suffix);
  }

  private static double[][] reversed(double[][] steps) {
    double[][] reversed = new double[steps.length][];
    for (int t = 0; t < steps.length; t++) {
      reversed[t] = steps[steps.length - 1 - t];
    }
    return reversed;
  }

  private double[][] stack(double[][] read, int b, int batch) {
    Stack stack = architecture.stack();
    double[][] below = read;
    double[][] all = null;
    for (int level = 0; level < stack.layers(); level++) {
      boolean skips = level > 0 && stack.connections() == Connections.SKIP;
      double[][] input = skips ? join(below, read) : below;
      double[][] said = layer(level, false, input);
      if (stack.bidirectional()) {
        double[][] other = layer(level, true, reversed(input));
        said = join(said, reversed(other));
      }
      for (int t = 0; t < said.length; t++) {
        said[t] = drop(level, architecture.dropout().layers(), t, b, batch, said[t]);
        if (level > 0 && stack.connections() == Connections.RESIDUAL) {
          said[t] = NaiveModel.sum(said[t], below[t]);
        }
      }
      below = said;
      all = all == null ? said : join(all, said);
    }
    return stack.connections() == Connections.SKIP ? all : below;
  }

  private double[][] layer(int level, boolean reverse, double[][] input) {
    return cell("rnn", "_l" + level + (reverse ? "_reverse" : ""))
        .run(input, (step, h) -> nudge.apply(level, reverse, step, h));
  }

  private static double[][] join(double[][] first, double[][] second) {
    double[][] joined = new double[first.length][];
    for (int t = 0; t < first.length; t++) {
      joined[t] = NaiveModel.join(first[t], second[t]);
    }
    return joined;
  }

  private double[] pooled(double[][] said, int b) {
    double[] pooled = new double[0];
    for (Pooling way : architecture.pooling()) {
      pooled = NaiveModel.join(pooled, pooled(way, said));
    }
    return NaiveDropout.drop(
        masks, architecture.stack().layers() + 1, architecture.dropout().layers(), b, pooled);
  }

  private double[] pooled(Pooling way, double[][] said) {
    int hidden = architecture.stack().hidden();
    double[] pooled = new double[said[0].length];
    for (int j = 0; j < pooled.length; j++) {
      boolean forward = j % architecture.stack().width() < hidden;
      double sum = 0;
      double largest = Double.NEGATIVE_INFINITY;
      for (double[] step : said) {
        sum += step[j];
        largest = Math.max(largest, step[j]);
      }
      pooled[j] =
          switch (way) {
            case LAST -> said[forward ? said.length - 1 : 0][j];
            case MEAN -> sum / said.length;
            case MAX -> largest;
          };
    }
    return pooled;
  }

  private double[] drop(
      int connection, double probability, int t, int b, int batch, double[] values) {
    int row = architecture.dropout().locked() ? b : t * batch + b;
    return NaiveDropout.drop(masks, connection, probability, row, values);
  }
}
