package io.unroll.driver.dl4j;

import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;
import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What both sides say of sequences of equal length: element (t, b·V + v) is the probability that
 * token v follows the first t + 1 of sequence b.
 */
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

  /** Element (t, b) is token t of sequence b. */
  static int[][] tokens(int length, int batch, int vocabulary, long seed) {
    Random random = new Random(seed);
    int[][] tokens = new int[length][];
    for (int t = 0; t < length; t++) {
      tokens[t] = random.ints(batch, 0, vocabulary).toArray();
    }
    return tokens;
  }

  static double[][] ofModel(LanguageArchitecture architecture, float[] parameters, int[][] tokens) {
    int batch = tokens[0].length;
    LanguageModel model = new LanguageModel(architecture, 1, batch, Cores.one(new PlainKernels()));
    model.use(parameters);
    float[] state = new float[architecture.stateSize() * batch];
    float[] logits = new float[architecture.vocabulary() * batch];
    double[][] steps = new double[tokens.length][];
    for (int t = 0; t < tokens.length; t++) {
      model.predict(tokens[t], batch, state, logits);
      steps[t] = softmax(logits, architecture.vocabulary());
    }
    return steps;
  }

  /** All steps at once. */
  static double[][] ofNetwork(MultiLayerNetwork network, boolean oneHot, int[][] tokens) {
    return steps(network.output(input(network, oneHot, tokens)));
  }

  /** Some steps in a call, the state kept by the network. */
  static double[][] streamed(MultiLayerNetwork network, boolean oneHot, int[][] tokens, int some) {
    network.rnnClearPreviousState();
    double[][] all = new double[tokens.length][];
    for (int t = 0; t < tokens.length; t += some) {
      int[][] next = Arrays.copyOfRange(tokens, t, Math.min(t + some, tokens.length));
      double[][] said = steps(network.rnnTimeStep(input(network, oneHot, next)));
      System.arraycopy(said, 0, all, t, said.length);
    }
    return all;
  }

  /** Indices (B, 1, T), or one-hot (B, V, T). */
  static INDArray input(MultiLayerNetwork network, boolean oneHot, int[][] tokens) {
    int rows = oneHot ? network.layerInputSize(0) : 1;
    INDArray input = Nd4j.zeros(network.params().dataType(), tokens[0].length, rows, tokens.length);
    for (int t = 0; t < tokens.length; t++) {
      for (int b = 0; b < tokens[t].length; b++) {
        int token = tokens[t][b];
        input.putScalar(b, oneHot ? token : 0, t, oneHot ? 1 : token);
      }
    }
    return input;
  }

  private static double[][] steps(INDArray output) {
    int vocabulary = (int) output.size(1);
    double[][] steps = new double[(int) output.size(2)][(int) output.size(0) * vocabulary];
    for (int t = 0; t < steps.length; t++) {
      for (int k = 0; k < steps[t].length; k++) {
        steps[t][k] = output.getDouble(k / vocabulary, k % vocabulary, t);
      }
    }
    return steps;
  }

  private static double[] softmax(float[] logits, int vocabulary) {
    double[] probabilities = new double[logits.length];
    for (int row = 0; row < logits.length; row += vocabulary) {
      double sum = 0;
      for (int v = row; v < row + vocabulary; v++) {
        probabilities[v] = Math.exp(logits[v]);
        sum += probabilities[v];
      }
      for (int v = row; v < row + vocabulary; v++) {
        probabilities[v] /= sum;
      }
    }
    return probabilities;
  }
}
