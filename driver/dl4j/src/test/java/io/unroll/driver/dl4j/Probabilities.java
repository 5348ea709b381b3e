package io.unroll.driver.dl4j;

import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.LanguageModel;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What both sides say of a sequence: element (t, v) is the probability of token v after step t. */
final class Probabilities {
  private Probabilities() {}

  /** Uniform in ±0.8: gates are neither shut nor all alike. */
  static float[] parameters(int size, long seed) {
    Random random = new Random(seed);
    float[] parameters = new float[size];
    for (int k = 0; k < size; k++) {
      parameters[k] = 1.6f * random.nextFloat() - 0.8f;
    }
    return parameters;
  }

  static int[] tokens(int length, int vocabulary, long seed) {
    return new Random(seed).ints(length, 0, vocabulary).toArray();
  }

  static double[][] ofModel(Architecture architecture, float[] parameters, int[] tokens) {
    LanguageModel model = new LanguageModel(architecture, 1, 1, new PlainKernels());
    model.use(parameters);
    float[] state = new float[architecture.stateSize()];
    float[] logits = new float[architecture.vocabulary()];
    double[][] steps = new double[tokens.length][];
    for (int t = 0; t < tokens.length; t++) {
      model.predict(new int[] {tokens[t]}, 1, state, logits);
      steps[t] = softmax(logits);
    }
    return steps;
  }

  /** The whole sequence at once. */
  static double[][] ofNetwork(MultiLayerNetwork network, boolean oneHot, int[] tokens) {
    INDArray output = network.output(input(network, oneHot, tokens, 0, tokens.length));
    return steps(output);
  }

  /** Some steps in a call, the state kept by the network. */
  static double[][] streamed(MultiLayerNetwork network, boolean oneHot, int[] tokens, int step) {
    network.rnnClearPreviousState();
    double[][] all = new double[tokens.length][];
    for (int t = 0; t < tokens.length; t += step) {
      int length = Math.min(step, tokens.length - t);
      double[][] some = steps(network.rnnTimeStep(input(network, oneHot, tokens, t, length)));
      System.arraycopy(some, 0, all, t, length);
    }
    return all;
  }

  /** Indices (1, 1, T), or one-hot (1, V, T). */
  private static INDArray input(
      MultiLayerNetwork network, boolean oneHot, int[] tokens, int from, int length) {
    int rows = oneHot ? network.layerInputSize(0) : 1;
    INDArray input = Nd4j.zeros(DataType.FLOAT, 1, rows, length);
    for (int t = 0; t < length; t++) {
      int token = tokens[from + t];
      input.putScalar(0, oneHot ? token : 0, t, oneHot ? 1 : token);
    }
    return input;
  }

  private static double[][] steps(INDArray output) {
    double[][] steps = new double[(int) output.size(2)][(int) output.size(1)];
    for (int t = 0; t < steps.length; t++) {
      for (int v = 0; v < steps[t].length; v++) {
        steps[t][v] = output.getDouble(0, v, t);
      }
    }
    return steps;
  }

  private static double[] softmax(float[] logits) {
    double sum = 0;
    double[] probabilities = new double[logits.length];
    for (int v = 0; v < logits.length; v++) {
      probabilities[v] = Math.exp(logits[v]);
      sum += probabilities[v];
    }
    for (int v = 0; v < logits.length; v++) {
      probabilities[v] /= sum;
    }
    return probabilities;
  }
}
