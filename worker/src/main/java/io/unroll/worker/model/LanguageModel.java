package io.unroll.worker.model;

import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Axis;
import io.unroll.worker.layer.Blueprint;
import io.unroll.worker.layer.Dropout;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.Embedding;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.InitialValues;
import io.unroll.worker.layer.Module;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.Pass;
import io.unroll.worker.layer.RecurrentLayer;
import io.unroll.worker.layer.Signal;
import io.unroll.worker.layer.SoftmaxOutput;
import io.unroll.worker.parallel.Cores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A recurrent language model: embedding, recurrent layers, softmax, forward and backward by
 * truncated back-propagation through time. Dropout is after each recurrent layer (Zaremba,
 * Sutskever and Vinyals 2014); the embedding is spared: a character's vector is small, and without
 * it nothing is known. Runs wherever one lane or one evaluation runs; knows no cluster.
 *
 * <p>All buffers are allocated once, for the largest window; windows may be smaller. A sequence's
 * results do not depend on the other sequences of its batch, nor on the capacity, nor on the number
 * of cores, bit for bit. Non-finite parameters give a non-finite loss, never an exception.
 *
 * <p>Letters: T steps, B sequences, V vocabulary, H hidden units.
 */
public final class LanguageModel implements Model {
  private static final double TIED_EMBEDDING_BOUND = 0.1;

  private final Architecture architecture;
  private final Blueprint blueprint;
  private final Cores cores;
  private final Embedding embedding;

  /** All but the output layer, in the order in which they read each other. */
  private final List<Module> modules = new ArrayList<>();

  private final SoftmaxOutput output;
  private boolean hasParameters;

  /** The tensors of an architecture. */
  public static ParameterLayout layout(Architecture architecture) {
    ParameterLayout.Builder layout = new ParameterLayout.Builder();
    Embedding.declare(
        layout,
        architecture.vocabulary(),
        architecture.embedding(),
        architecture.tieWeights()
            ? InitialValues.uniform(TIED_EMBEDDING_BOUND)
            : InitialValues.normal());
    int hidden = architecture.hidden();
    for (int l = 0; l < architecture.layers(); l++) {
      RecurrentLayer.declare(layout, architecture.cell(), l, architecture.inputs(l), hidden);
    }
    SoftmaxOutput.declare(layout, architecture.vocabulary(), hidden, architecture.tieWeights());
    return layout.build();
  }

  /**
   * Allocates a model without parameters.
   *
   * @param maxTime largest T of a window
   * @param maxBatch largest B of a window
   * @param cores that it computes on
   * @throws IllegalArgumentException if either is below 1
   */
  public LanguageModel(Architecture architecture, int maxTime, int maxBatch, Cores cores) {
    if (maxTime < 1 || maxBatch < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot allocate a model for %d steps of %d sequences: both must be at least 1",
              maxTime,
              maxBatch));
    }
    this.architecture = architecture;
    this.cores = cores;
    int widest = Math.max(architecture.embedding(), architecture.hidden());
    this.blueprint =
        new Blueprint(layout(architecture), new Axis(maxTime, maxBatch), widest, cores);
    this.embedding = new Embedding(blueprint, architecture.tieWeights());
    this.modules.add(embedding);
    this.output = new SoftmaxOutput(blueprint, architecture.tieWeights(), addRecurrentLayers());
  }

  /** Returns what the last one puts out. */
  private Signal addRecurrentLayers() {
    Signal top = null;
    for (int l = 0; l < architecture.layers(); l++) {
      RecurrentLayer layer =
          new RecurrentLayer(blueprint, architecture.cell(), l, l == 0 ? embedding : top);
      modules.add(layer);
      top = layer.output();
      if (architecture.dropout() > 0) {
        Dropout dropout = new Dropout(blueprint, l, architecture.dropout(), top);
        modules.add(dropout);
        top = dropout.output();
      }
    }
    return top;
  }

  /** The shape of this model. */
  public Architecture architecture() {
    return architecture;
  }

  @Override
  public ParameterLayout layout() {
    return blueprint.layout();
  }

  @Override
  public int stateSize() {
    return architecture.stateSize();
  }

  @Override
  public void use(float[] parameters) {
    checkSize("parameters", parameters, layout().size());
    blueprint.use(parameters);
    for (Module module : modules) {
      module.use(parameters);
    }
    output.use(parameters);
    hasParameters = true;
  }

  @Override
  public double lossAndGradient(
      Window window, float[] state, DropoutMasks dropout, Gradient gradient) {
    checkSize("gradient", gradient.values(), layout().size());
    int tokens = window.tokens();
    float scale = tokens == 0 ? 0f : 1f / tokens;
    embedding.clear();
    Pass pass = forward(window, state, dropout);
    gradient.clear(cores);
    blueprint.beginBackward();
    embedding.beginBackward();
    double[] losses = output.lossAndGradient(window, scale, gradient.values());
    for (int m = modules.size() - 1; m >= 0; m--) {
      modules.get(m).backward(pass);
      modules.get(m).accumulate(pass, gradient.values());
    }
    embedding.addSpans(gradient.spans(), layout().size());
    double sum = 0;
    for (int x = 0; x < pass.axis().rows(); x++) {
      sum += losses[x];
    }
    return sum;
  }

  @Override
  public void loss(Window window, float[] state, double[] rowLoss) {
    Pass pass = forward(window, state, DropoutMasks.NONE);
    double[] losses = output.loss(window);
    for (int x = 0; x < pass.axis().rows(); x++) {
      rowLoss[x % window.batch()] += losses[x];
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
    forward(new Pass(new Axis(1, batch), tokens, state, DropoutMasks.NONE));
    output.logits(batch, logits);
  }

  private Pass forward(Window window, float[] state, DropoutMasks dropout) {
    if (window.fresh()) {
      Arrays.fill(state, 0f);
    }
    Axis axis = new Axis(window.time(), window.batch());
    Pass pass = new Pass(axis, window.inputs(), state, dropout);
    forward(pass);
    return pass;
  }

  private void forward(Pass pass) {
    if (!hasParameters) {
      throw new IllegalStateException("Cannot run the model: it has no parameters yet (call use)");
    }
    Axis axis = pass.axis();
    Axis capacity = blueprint.capacity();
    if (axis.time() > capacity.time() || axis.batch() > capacity.batch()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot run %d steps of %d sequences: the model was allocated for %d and %d",
              axis.time(),
              axis.batch(),
              capacity.time(),
              capacity.batch()));
    }
    checkSize("state", pass.state(), stateSize() * axis.batch());
    for (Module module : modules) {
      module.forward(pass);
    }
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
