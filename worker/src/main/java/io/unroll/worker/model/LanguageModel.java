package io.unroll.worker.model;

import io.unroll.worker.data.Window;
import io.unroll.worker.math.Kernels;
import java.util.Arrays;
import java.util.Locale;

/**
 * A recurrent language model: embedding, recurrent stack, softmax, forward and backward by
 * truncated back-propagation through time. Runs wherever one lane or one evaluation runs; knows no
 * cluster.
 *
 * <p>All buffers are allocated once, for the largest window; windows may be smaller. A sequence's
 * results do not depend on the other sequences of its batch, nor on the capacity, bit for bit. Not
 * thread-safe. Non-finite parameters give a non-finite loss, never an exception.
 *
 * <p>Letters: T steps, B sequences, V vocabulary, H hidden units.
 */
public final class LanguageModel {
  private final Architecture architecture;
  private final Blueprint blueprint;
  private final Embedding embedding;
  private final RecurrentStack stack;
  private final SoftmaxOutput output;

  /** (T, B): weighted loss of each prediction. */
  private final double[] losses;

  private boolean hasParameters;

  /**
   * Allocates a model without parameters.
   *
   * @param maxTime largest T of a window
   * @param maxBatch largest B of a window
   * @throws IllegalArgumentException if either is below 1
   */
  public LanguageModel(Architecture architecture, int maxTime, int maxBatch, Kernels kernels) {
    if (maxTime < 1 || maxBatch < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot allocate a model for %d steps of %d sequences: both must be at least 1",
              maxTime,
              maxBatch));
    }
    this.architecture = architecture;
    this.blueprint = Blueprint.of(architecture, maxTime, maxBatch, kernels);
    this.embedding = new Embedding(blueprint);
    this.stack = new RecurrentStack(blueprint, embedding);
    this.output = new SoftmaxOutput(blueprint, stack.output());
    this.losses = new double[maxTime * maxBatch];
  }

  /** The shape of this model. */
  public Architecture architecture() {
    return architecture;
  }

  /** Where each tensor lies in the parameters. */
  public ParameterLayout layout() {
    return blueprint.layout();
  }

  /**
   * Takes parameters: the reference is kept and the weights are packed. To be called again after
   * every change of the array.
   *
   * @param parameters {@code layout().size()} numbers; not modified
   * @throws IllegalArgumentException if the length is another one
   */
  public void use(float[] parameters) {
    checkSize("parameters", parameters, layout().size());
    embedding.use(parameters);
    stack.use(parameters);
    output.use(parameters);
    hasParameters = true;
  }

  /**
   * Loss of a window and its gradient. The state is carried from window to window; the gradient is
   * cut between them.
   *
   * @param window its batch sets the stride of the state
   * @param state (layer, h|c, B, H), {@code architecture().stateSize()} · B numbers; zeroed first
   *     if the window is fresh; advanced to the end of the window
   * @param dropout of this step, or {@link DropoutMasks#NONE}
   * @param gradient of {@code layout().size()} numbers; overwritten by the gradient of the mean
   *     loss over {@link Window#tokens()}; all 0 if there are none
   * @return the summed loss in nats
   * @throws IllegalArgumentException if a size does not fit or a token is not in the vocabulary
   */
  public double lossAndGradient(
      Window window, float[] state, DropoutMasks dropout, Gradient gradient) {
    checkSize("gradient", gradient.values(), layout().size());
    int tokens = window.tokens();
    float scale = tokens == 0 ? 0f : 1f / tokens;
    embedding.clear();
    forward(window, state, dropout);
    gradient.clear();
    output.lossAndGradient(window, scale, losses, gradient.values());
    stack.backward(window.time(), window.batch(), gradient.values());
    embedding.backward(gradient.values());
    embedding.addSpans(gradient.spans(), layout().size());
    double sum = 0;
    for (int x = 0; x < window.time() * window.batch(); x++) {
      sum += losses[x];
    }
    return sum;
  }

  /**
   * Loss of a window without dropout.
   *
   * @param state as in {@link #lossAndGradient}
   * @param rowLoss the summed weighted loss of sequence b in nats is added to element b
   */
  public void loss(Window window, float[] state, double[] rowLoss) {
    forward(window, state, DropoutMasks.NONE);
    output.loss(window, losses);
    int batch = window.batch();
    for (int x = 0; x < window.time() * batch; x++) {
      rowLoss[x % batch] += losses[x];
    }
  }

  /**
   * One step without dropout: what comes after these tokens?
   *
   * @param tokens one for each of the first batch sequences
   * @param batch B
   * @param state (layer, h|c, B, H); advanced by the step
   * @param logits receives (B, V)
   */
  public void predict(int[] tokens, int batch, float[] state, float[] logits) {
    checkSize("logits", logits, Math.multiplyExact(batch, architecture.vocabulary()));
    forward(tokens, 1, batch, state, DropoutMasks.NONE);
    output.logits(batch, logits);
  }

  private void forward(Window window, float[] state, DropoutMasks dropout) {
    if (window.fresh()) {
      Arrays.fill(state, 0f);
    }
    forward(window.inputs(), window.time(), window.batch(), state, dropout);
  }

  private void forward(int[] tokens, int time, int batch, float[] state, DropoutMasks dropout) {
    if (!hasParameters) {
      throw new IllegalStateException("Cannot run the model: it has no parameters yet (call use)");
    }
    if (time > blueprint.maxTime() || batch > blueprint.maxBatch()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot run %d steps of %d sequences: the model was allocated for %d and %d",
              time,
              batch,
              blueprint.maxTime(),
              blueprint.maxBatch()));
    }
    checkSize("state", state, architecture.stateSize() * batch);
    embedding.forward(time, batch, tokens);
    stack.forward(time, batch, state, dropout);
  }

  /** Arrays may be longer than needed, so that one serves batches of several sizes. */
  private static void checkSize(String name, float[] array, int needed) {
    if (array.length < needed) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot use %s of %d numbers: the model needs %d",
              name,
              array.length,
              needed));
    }
  }
}
