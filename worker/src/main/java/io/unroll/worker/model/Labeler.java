package io.unroll.worker.model;

import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Axis;
import io.unroll.worker.layer.Blueprint;
import io.unroll.worker.layer.CharacterWords;
import io.unroll.worker.layer.Dropout;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.Embedding;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.InitialValues;
import io.unroll.worker.layer.Join;
import io.unroll.worker.layer.Lookup;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.Pass;
import io.unroll.worker.layer.Pool;
import io.unroll.worker.layer.RecurrentLayer;
import io.unroll.worker.layer.RecurrentTensors;
import io.unroll.worker.layer.Signal;
import io.unroll.worker.layer.SoftmaxOutput;
import io.unroll.worker.layer.TokenDropout;
import io.unroll.worker.layer.Vectors;
import io.unroll.worker.model.LabelerArchitecture.Characters;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.parallel.Cores;
import java.util.List;

/**
 * Labels a sequence, or each of its steps: what is read (tokens, with their characters if wanted,
 * or vectors), recurrent layers, pooling where a sequence gets one label, softmax over the labels.
 * The whole of an example lies in one window, and every example begins from a state of zeros.
 *
 * <p>A sequence's results depend neither on the other sequences of its batch, nor on their lengths,
 * nor on the capacity, nor on the number of cores, bit for bit.
 *
 * <p>Letters: T steps, B sequences, K labels.
 */
public final class Labeler implements Model {
  private static final float[] NO_STATE = new float[0];

  /**
   * Of words that training has once or twice, the vector stays about where it began: a long one
   * would be noise. Zaremba, Sutskever and Vinyals (2014) take this bound.
   */
  private static final double EMBEDDING_BOUND = 0.1;

  /** Characters, bits: each is seen so often that its vector may begin long, and is told apart. */
  private static final int FEW_TOKENS = 256;

  private final LabelerArchitecture architecture;
  private final Network network;
  private final TokenDropout tokenDropout;

  /** The tensors of an architecture. */
  public static ParameterLayout layout(LabelerArchitecture architecture) {
    ParameterLayout.Builder layout = new ParameterLayout.Builder();
    if (architecture.source() instanceof Tokens tokens) {
      Embedding.declare(
          layout,
          Embedding.TENSOR,
          tokens.vocabulary(),
          tokens.embedding(),
          tokens.vocabulary() > FEW_TOKENS
              ? InitialValues.uniform(EMBEDDING_BOUND)
              : InitialValues.normal());
      tokens.characters().ifPresent(characters -> declare(layout, architecture, characters));
    }
    StackModules.declare(
        layout, RecurrentTensors.STACK, architecture.stack(), architecture.source().size());
    SoftmaxOutput.declare(layout, architecture.labels(), architecture.outputs(), false);
    return layout.build();
  }

  private static void declare(
      ParameterLayout.Builder layout, LabelerArchitecture architecture, Characters characters) {
    CharacterWords.declare(
        layout,
        architecture.stack().cell(),
        characters.vocabulary(),
        characters.embedding(),
        characters.hidden());
  }

  /** See {@link Architecture#model}. */
  Labeler(LabelerArchitecture architecture, int maxTime, int maxBatch, Cores cores) {
    int widest =
        Math.max(architecture.stack().widest(architecture.source().size()), architecture.outputs());
    this.architecture = architecture;
    this.network = new Network(layout(architecture), widest, maxTime, maxBatch, cores);
    this.tokenDropout =
        new TokenDropout(architecture.dropout().words(), network.blueprint().capacity());
    Signal said =
        new StackModules(
                network,
                RecurrentTensors.STACK,
                architecture.stack(),
                architecture.dropout(),
                false)
            .build(source());
    network.end(SoftmaxOutput.WEIGHT, head(said));
  }

  /** What the first layer reads. */
  private Signal source() {
    Signal read =
        architecture.source() instanceof Tokens tokens
            ? tokens(tokens)
            : network.add(new Vectors(network.blueprint(), architecture.source().size())).output();
    Dropouts dropout = architecture.dropout();
    if (dropout.input() == 0) {
      return read;
    }
    int connection = architecture.stack().layers();
    return network
        .add(dropout.module(network.blueprint(), connection, dropout.input(), read))
        .output();
  }

  private Signal tokens(Tokens tokens) {
    Blueprint blueprint = network.blueprint();
    Embedding embedding = network.addEmbedding(Embedding.TENSOR, false);
    Lookup lookup = network.add(new Lookup(blueprint, embedding));
    if (tokens.characters().isEmpty()) {
      return lookup.output();
    }
    CharacterWords words = network.add(new CharacterWords(blueprint, architecture.stack().cell()));
    return network
        .add(
            new Join(
                blueprint, List.of(Join.Part.of(lookup.output()), Join.Part.of(words.output()))))
        .output();
  }

  /** What the output layer reads. */
  private Signal head(Signal said) {
    if (!architecture.isPooled()) {
      return said;
    }
    Stack stack = architecture.stack();
    Pool pool =
        network.add(
            new Pool(
                network.blueprint(), said, stack.hidden(), stack.width(), architecture.pooling()));
    Dropouts dropout = architecture.dropout();
    if (dropout.layers() == 0) {
      return pool.output();
    }
    int connection = stack.layers() + 1;
    return network
        .add(Dropout.ofSteps(network.blueprint(), connection, dropout.layers(), pool.output()))
        .output();
  }

  /** The shape of this model. */
  public LabelerArchitecture architecture() {
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
    return network.lossAndGradient(window, pass(window, dropout), gradient);
  }

  /**
   * What the output layer says of a window, without dropout.
   *
   * @param result receives (rows, K): a row for each sequence where they are pooled, otherwise for
   *     each step (t, b); rows of padding mean nothing
   */
  public void logits(Window window, float[] result) {
    Network.checkSize("logits", result, window.targetRows() * architecture.labels());
    network.forward(pass(window, DropoutMasks.NONE));
    network.output().logits(new Axis(window.targetTime(), window.batch()), result);
  }

  private Pass pass(Window window, DropoutMasks dropout) {
    Pass pass =
        new Pass(
            Axis.of(window), window.inputs(), window.words(), window.vectors(), NO_STATE, dropout);
    return tokenDropout.apply(pass);
  }
}
