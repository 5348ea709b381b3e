package io.unroll.worker.model;

import io.unroll.worker.data.Window;
import io.unroll.worker.math.Kernels;

/**
 * The output layer: logits = h W^T + b, softmax, cross-entropy. W is the embedding's weight if they
 * are tied (Press and Wolf 2017).
 *
 * <p>Logits are held for a limited number of rows at a time: they are computed, turned into their
 * gradient, and consumed. Sums over rows go on from chunk to chunk in the order of the rows, so
 * that results do not depend on the size of a chunk.
 *
 * <p>Letters: T steps, B sequences, H hidden units, V vocabulary.
 */
final class SoftmaxOutput {
  /** Logits held at a time: 16 MB. */
  private static final int CHUNK_ELEMENTS = 1 << 22;

  /**
   * Rows at a time even so: each chunk reads and writes the whole gradient by W, which fewer rows
   * would not pay for.
   */
  private static final int CHUNK_MINIMUM_ROWS = 64;

  private final Kernels kernels;
  private final int vocabulary;
  private final Signal input;
  private final Linear weight;
  private final Bias bias;
  private final float[] logits;
  private final int chunkRows;

  SoftmaxOutput(Blueprint blueprint, Signal input) {
    Architecture architecture = blueprint.architecture();
    this.kernels = blueprint.kernels();
    this.vocabulary = architecture.vocabulary();
    this.input = input;
    this.weight =
        blueprint.linear(architecture.tieWeights() ? "embedding.weight" : "output.weight");
    this.bias = new Bias(blueprint, "output.bias");
    int wanted = Math.max(CHUNK_ELEMENTS / vocabulary, CHUNK_MINIMUM_ROWS);
    this.chunkRows = Math.min(wanted, blueprint.maxTime() * blueprint.maxBatch());
    this.logits = new float[Math.multiplyExact(chunkRows, vocabulary)];
  }

  void use(float[] parameters) {
    weight.use(parameters);
    bias.use(parameters);
  }

  /**
   * Logits of the first step.
   *
   * @param result (B, V); overwritten
   */
  void logits(int batch, float[] result) {
    logits(batch, input.offset(0, batch), result);
  }

  private void logits(int rows, int from, float[] result) {
    weight.product(rows, input.values(), from, bias.values(), result, 0, vocabulary);
  }

  /**
   * @param losses receives the weighted loss of each prediction in nats, (T, B)
   */
  void loss(Window window, double[] losses) {
    int rows = check(window);
    for (int first = 0; first < rows; first += chunkRows) {
      chunk(window, first, Math.min(chunkRows, rows - first), 0f, losses);
    }
  }

  /**
   * Also overwrites the gradient of the input signal and adds to those of weight and bias.
   *
   * @param scale factor of all gradients
   */
  void lossAndGradient(Window window, float scale, double[] losses, float[] gradient) {
    int rows = check(window);
    int start = input.offset(0, window.batch());
    for (int first = 0; first < rows; first += chunkRows) {
      int count = Math.min(chunkRows, rows - first);
      int from = start + first * input.size();
      chunk(window, first, count, scale, losses);
      weight.addWeightGradient(count, logits, 0, vocabulary, input.values(), from, gradient);
      bias.addGradient(count, logits, gradient);
      weight.inputGradient(count, logits, 0, vocabulary, input.gradient(), from);
    }
  }

  private int check(Window window) {
    int rows = window.time() * window.batch();
    Embedding.checkTokens(window.targets(), rows, vocabulary);
    return rows;
  }

  /** Leaves the gradient by the logits of these rows in the buffer. */
  private void chunk(Window window, int first, int rows, float scale, double[] losses) {
    logits(rows, input.offset(0, window.batch()) + first * input.size(), logits);
    kernels.softmaxCrossEntropy(
        rows, vocabulary, logits, window.targets(), window.weights(), first, scale, losses);
  }
}
