package io.unroll.worker.model;

import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Axis;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.Embedding;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.InitialValues;
import io.unroll.worker.layer.LayerInput;
import io.unroll.worker.layer.Lookup;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.Pass;
import io.unroll.worker.layer.RecurrentLayer;
import io.unroll.worker.layer.RecurrentTensors;
import io.unroll.worker.layer.Signal;
import io.unroll.worker.layer.SoftmaxOutput;
import io.unroll.worker.parallel.Cores;
import java.util.Arrays;
import java.util.List;

/**
 * A recurrent language model: embedding, recurrent layers, softmax, forward and backward by
 * truncated back-propagation through time. Dropout is after each recurrent layer, on what the first
 * one reads, and on the vectors of tokens ({@link Dropouts}). Runs wherever one lane or one
 * evaluation runs; knows no cluster.
 *
 * <p>All buffers are allocated once, for the largest window; windows may be smaller. A sequence's
 * results do not depend on the other sequences of its batch, nor on the capacity, nor on the number
 * of cores, bit for bit. Non-finite parameters give a non-finite loss, never an exception.
 *
 * <p>Letters: T steps, B sequences, V vocabulary, H hidden units.
 */
public final class LanguageModel implements Model {
  private static final double TIED_EMBEDDING_BOUND = 0.1;

  private final LanguageArchitecture architecture;
  private final Network network;

  /** The tensors of an architecture. */
  public static ParameterLayout layout(LanguageArchitecture architecture) {
    ParameterLayout.Builder layout = new ParameterLayout.Builder();
    Embedding.declare(
        layout,
        Embedding.TENSOR,
        architecture.vocabulary(),
        architecture.embedding(),
        architecture.tieWeights()
            ? InitialValues.uniform(TIED_EMBEDDING_BOUND)
            : InitialValues.normal());
    Stack stack = architecture.stack();
    StackModules.declare(layout, RecurrentTensors.STACK, stack, architecture.embedding());
    SoftmaxOutput.declare(
        layout, architecture.vocabulary(), stack.outputs(), architecture.tieWeights());
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
  public LanguageModel(LanguageArchitecture architecture, int maxTime, int maxBatch, Cores cores) {
    Stack stack = architecture.stack();
    this.architecture = architecture;
    this.network =
        new Network(
            layout(architecture), stack.widest(architecture.embedding()), maxTime, maxBatch, cores);
    Dropouts dropout = architecture.dropout();
    network.end(
        architecture.tieWeights() ? Embedding.TENSOR : SoftmaxOutput.WEIGHT,
        new StackModules(network, RecurrentTensors.STACK, stack, dropout, true).build(source()));
  }

  /** What the first layer reads. */
  private LayerInput source() {
    Dropouts dropout = architecture.dropout();
    Embedding embedding =
        network.addEmbedding(Embedding.TENSOR, architecture.tieWeights(), dropout.embedding());
    if (dropout.input() == 0) {
      return embedding;
    }
    Signal vectors = network.add(new Lookup(network.blueprint(), embedding)).output();
    int connection = architecture.layers();
    return network
        .add(dropout.module(network.blueprint(), connection, dropout.input(), vectors))
        .output();
  }

  /** The shape of this model. */
  public LanguageArchitecture architecture() {
    return architecture;
  }

  @Override
  public ParameterLayout layout() {
    return network.layout();
  }

  @Override
  public List<RecurrentLayer> recurrentLayers() {
    return network.recurrentLayers();
  }

  @Override
  public int stateSize() {
    return architecture.stateSize();
  }

  @Override
  public void use(float[] parameters) {
    network.use(parameters);
  }

  @Override
  public double lossAndGradient(
      Window window, float[] state, DropoutMasks dropout, Gradient gradient) {
    return network.lossAndGradient(window, pass(window, state, dropout), gradient);
  }

  /**
   * Loss of a window without dropout.
   *
   * @param state as in {@link #lossAndGradient}
   * @param rowLoss the summed weighted loss of sequence b in nats is added to element b
   */
  public void loss(Window window, float[] state, double[] rowLoss) {
    double[] losses = losses(window, state);
    for (int x = 0; x < window.targetRows(); x++) {
      rowLoss[x % window.batch()] += losses[x];
    }
  }

  /**
   * Losses of a window without dropout, one for each prediction.
   *
   * @param state as in {@link #lossAndGradient}
   * @return (T, B): weighted, in nats; until the next call
   */
  public double[] losses(Window window, float[] state) {
    network.forward(pass(window, state, DropoutMasks.NONE));
    return network.output().loss(window);
  }

  /**
   * What the output layer says of a window, without dropout.
   *
   * @param state as in {@link #lossAndGradient}
   * @param result receives (T, B, V); rows of padding mean nothing
   */
  public void logits(Window window, float[] state, float[] result) {
    Network.checkSize("logits", result, window.targetRows() * architecture.vocabulary());
    network.forward(pass(window, state, DropoutMasks.NONE));
    network.output().logits(new Axis(window.time(), window.batch()), result);
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
    Network.checkSize("logits", logits, Math.multiplyExact(batch, architecture.vocabulary()));
    Network.checkSize("state", state, stateSize() * batch);
    Axis axis = new Axis(1, batch);
    network.forward(new Pass(axis, tokens, state, DropoutMasks.NONE));
    network.output().logits(axis, logits);
  }

  private Pass pass(Window window, float[] state, DropoutMasks dropout) {
    Network.checkSize("state", state, stateSize() * window.batch());
    if (window.fresh()) {
      Arrays.fill(state, 0f);
    }
    return new Pass(Axis.of(window), window.inputs(), state, dropout);
  }
}
