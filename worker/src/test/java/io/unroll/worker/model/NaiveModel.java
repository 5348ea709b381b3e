package io.unroll.worker.model;

import io.unroll.worker.data.Window;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.ParameterLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The forward pass once more, in double and as the formulas of docs/equations.md read: one
 * sequence, one step, one unit at a time. Shares nothing with the model but the layout of the
 * parameters.
 */
final class NaiveModel {
  /** The connection whose mask has an element for each token. */
  private static final int TOKENS = 1 << 21;

  private static final double[] ONE = {1};

  private final LanguageArchitecture architecture;
  private final int embedding;
  private final int output;
  private final int outputBias;
  private final List<NaiveCell> layers = new ArrayList<>();
  private final double[] parameters;
  private final DropoutMasks masks;
  private final Nudge nudge;

  NaiveModel(LanguageArchitecture architecture, double[] parameters, DropoutMasks masks) {
    this(architecture, parameters, masks, Nudge.NONE);
  }

  /** One whose h is changed at one place, in all sequences. */
  NaiveModel(
      LanguageArchitecture architecture, double[] parameters, DropoutMasks masks, Nudge nudge) {
    this.architecture = architecture;
    ParameterLayout layout = LanguageModel.layout(architecture);
    this.embedding = layout.tensor("embedding.weight").offset();
    this.output = architecture.tieWeights() ? embedding : layout.tensor("output.weight").offset();
    this.outputBias = layout.tensor("output.bias").offset();
    for (int layer = 0; layer < architecture.layers(); layer++) {
      layers.add(new NaiveCell(architecture.cell(), layout, parameters, "rnn", "_l" + layer));
    }
    this.parameters = parameters;
    this.masks = masks;
    this.nudge = nudge;
  }

  /** Summed loss of the window; the state (layer, h|c, B, H) is advanced. */
  double loss(Window window, double[] state) {
    double loss = 0;
    for (int t = 0; t < window.time(); t++) {
      for (int b = 0; b < window.batch(); b++) {
        int x = t * window.batch() + b;
        double[] h = step(window.inputs()[x], x, window.batch(), state);
        loss += window.weights()[x] * crossEntropy(logits(h), window.targets()[x]);
      }
    }
    return loss;
  }

  /** What the output layer reads. */
  private double[] step(int token, int x, int batch, double[] state) {
    double[] embedded = new double[architecture.embedding()];
    for (int j = 0; j < embedded.length; j++) {
      embedded[j] = parameters[embedding + token * embedded.length + j];
    }
    Dropouts dropout = architecture.dropout();
    int row = dropout.locked() ? x % batch : x;
    double kept = NaiveDropout.drop(masks, TOKENS, dropout.embedding(), token, ONE)[0];
    for (int j = 0; j < embedded.length; j++) {
      embedded[j] *= kept;
    }
    embedded = NaiveDropout.drop(masks, architecture.layers(), dropout.input(), row, embedded);
    double[] below = embedded;
    double[] all = new double[0];
    for (int layer = 0; layer < architecture.layers(); layer++) {
      boolean upper = layer > 0;
      double[] read =
          upper && architecture.connections() == Connections.SKIP ? join(below, embedded) : below;
      double[] said = layer(layer, read, x, batch, state);
      said = NaiveDropout.drop(masks, layer, dropout.layers(), row, said);
      below = upper && architecture.connections() == Connections.RESIDUAL ? sum(said, below) : said;
      all = join(all, below);
    }
    return architecture.connections() == Connections.SKIP ? all : below;
  }

  static double[] join(double[] first, double[] second) {
    double[] joined = new double[first.length + second.length];
    System.arraycopy(first, 0, joined, 0, first.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  static double[] sum(double[] first, double[] second) {
    double[] sum = first.clone();
    for (int j = 0; j < sum.length; j++) {
      sum[j] += second[j];
    }
    return sum;
  }

  private double[] layer(int layer, double[] read, int x, int batch, double[] state) {
    int b = x % batch;
    int hidden = architecture.hidden();
    int states = architecture.cell().states();
    int from = layer * states * batch * hidden + b * hidden;
    double[] previous = new double[hidden];
    System.arraycopy(state, from, previous, 0, hidden);
    double[] c = new double[hidden];
    if (states > 1) {
      System.arraycopy(state, from + batch * hidden, c, 0, hidden);
    }
    double[] next = layers.get(layer).step(read, previous, c);
    nudge.apply(layer, false, x / batch, next);
    System.arraycopy(next, 0, state, from, hidden);
    if (states > 1) {
      System.arraycopy(c, 0, state, from + batch * hidden, hidden);
    }
    return next;
  }

  private double[] logits(double[] h) {
    double[] logits = new double[architecture.vocabulary()];
    for (int v = 0; v < logits.length; v++) {
      logits[v] = NaiveCell.dot(parameters, output, v, h) + parameters[outputBias + v];
    }
    return logits;
  }

  static double crossEntropy(double[] logits, int target) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - logits[target]);
    }
    return Math.log(sum);
  }
}
