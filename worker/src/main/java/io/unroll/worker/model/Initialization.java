package io.unroll.worker.model;

import io.unroll.worker.model.ParameterLayout.Tensor;
import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;
import java.util.List;

/**
 * The parameters that a training begins with, a pure function of architecture and seed.
 *
 * <ul>
 *   <li>Weights of recurrent and output layer: uniform in ±1/sqrt(H), the choice of PyTorch's
 *       {@code nn.LSTM}, {@code nn.GRU}, {@code nn.RNN} and {@code nn.Linear}: the variance 1/(3H)
 *       keeps gates in their linear range at any size (as in LeCun, Bottou, Orr and Müller 1998,
 *       "Efficient BackProp", section 4.6, but for a factor).
 *   <li>Biases: 0, but 1 for the forget gate of the LSTM (Gers, Schmidhuber and Cummins 2000;
 *       Jozefowicz, Zaremba and Sutskever 2015, section 2.2). It is put in b_ih alone, since b_ih
 *       and b_hh are added.
 *   <li>Embedding: standard normal, as PyTorch's {@code nn.Embedding}. Tied to the output it is
 *       uniform in ±0.1 (Zaremba, Sutskever and Vinyals 2014; Press and Wolf 2017), or the first
 *       logits would be far too large.
 * </ul>
 */
public final class Initialization {
  private static final double TIED_EMBEDDING_BOUND = 0.1;
  private static final float FORGET_GATE_BIAS = 1f;

  private Initialization() {}

  /** Initial parameters, in the order of {@link ParameterLayout}. */
  public static float[] parameters(Architecture architecture, long seed) {
    ParameterLayout layout = ParameterLayout.of(architecture);
    float[] parameters = new float[layout.size()];
    List<Tensor> tensors = layout.tensors();
    for (int index = 0; index < tensors.size(); index++) {
      RandomStream stream = new RandomStream(seed, Purpose.INITIALIZATION, index, 0);
      fill(tensors.get(index), architecture, stream, parameters);
    }
    return parameters;
  }

  private static void fill(
      Tensor tensor, Architecture architecture, RandomStream stream, float[] parameters) {
    String name = tensor.name();
    if (name.equals("embedding.weight")) {
      fillEmbedding(tensor, architecture, stream, parameters);
    } else if (name.contains("weight")) {
      fillUniform(tensor, 1 / Math.sqrt(architecture.hidden()), stream, parameters);
    } else if (name.startsWith("rnn.bias_ih") && architecture.cell() == Cell.LSTM) {
      int hidden = architecture.hidden();
      for (int j = hidden; j < 2 * hidden; j++) {
        parameters[tensor.offset() + j] = FORGET_GATE_BIAS;
      }
    }
  }

  private static void fillEmbedding(
      Tensor tensor, Architecture architecture, RandomStream stream, float[] parameters) {
    if (architecture.tieWeights()) {
      fillUniform(tensor, TIED_EMBEDDING_BOUND, stream, parameters);
      return;
    }
    for (int x = tensor.offset(); x < tensor.offset() + tensor.size(); x++) {
      parameters[x] = (float) stream.nextGaussian();
    }
  }

  private static void fillUniform(
      Tensor tensor, double bound, RandomStream stream, float[] parameters) {
    for (int x = tensor.offset(); x < tensor.offset() + tensor.size(); x++) {
      parameters[x] = (float) ((2 * stream.nextDouble() - 1) * bound);
    }
  }
}
