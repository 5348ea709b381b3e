package io.unroll.worker.model;

import io.unroll.worker.layer.Blueprint;
import io.unroll.worker.layer.Dense;
import io.unroll.worker.layer.Embedding;
import io.unroll.worker.layer.InitialValues;
import io.unroll.worker.layer.Lookup;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.Pool;
import io.unroll.worker.layer.Pooling;
import io.unroll.worker.layer.Reversal;
import io.unroll.worker.layer.Signal;
import io.unroll.worker.layer.Vectors;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.parallel.Cores;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The encoder of an {@link EncoderDecoder}: what is read of each step, a summary of all steps, and
 * the state that the decoder begins from. Of recurrent layers the summary is what they say at the
 * end of what they read; of vectors that are read as they are it is their mean.
 */
final class SourceReader {
  private static final double EMBEDDING_BOUND = 0.1;

  private final EncoderDecoderArchitecture architecture;
  private final Network network;
  private final Signal memory;
  private final Signal summary;
  private final Optional<Signal> start;
  private final Optional<Signal> keys;

  static void declare(ParameterLayout.Builder layout, EncoderDecoderArchitecture architecture) {
    EncoderDecoderArchitecture.Reader reader = architecture.reader();
    if (reader.source() instanceof Tokens tokens) {
      Embedding.declare(
          layout,
          TensorNames.READ,
          tokens.vocabulary(),
          tokens.embedding(),
          InitialValues.uniform(EMBEDDING_BOUND));
    } else {
      Dense.declare(layout, TensorNames.PROJECTION, reader.source().size(), reader.size());
    }
    reader
        .stack()
        .ifPresent(
            stack -> StackModules.declare(layout, TensorNames.ENCODER, stack, reader.inputs()));
    if (architecture.summary().starts()) {
      Dense.declare(
          layout, TensorNames.BRIDGE, reader.outputs(), architecture.writer().stateSize());
    }
    if (architecture.attends()) {
      Dense.declare(layout, TensorNames.KEYS, reader.outputs(), architecture.attending().size());
    }
  }

  SourceReader(
      EncoderDecoderArchitecture architecture,
      ParameterLayout layout,
      int maxTime,
      int maxBatch,
      Cores cores) {
    this.architecture = architecture;
    this.network = new Network(layout, widest(architecture), maxTime, maxBatch, cores);
    this.memory = said(read());
    this.summary = summarized();
    Blueprint blueprint = network.blueprint();
    this.start =
        architecture.summary().starts()
            ? Optional.of(network.add(Dense.tanh(blueprint, TensorNames.BRIDGE, summary)).output())
            : Optional.empty();
    this.keys =
        architecture.attends()
            ? Optional.of(network.add(Dense.linear(blueprint, TensorNames.KEYS, memory)).output())
            : Optional.empty();
  }

  private static int widest(EncoderDecoderArchitecture architecture) {
    EncoderDecoderArchitecture.Reader reader = architecture.reader();
    int inputs = Math.max(reader.source().size(), reader.inputs());
    return reader.stack().map(stack -> stack.widest(inputs)).orElse(inputs);
  }

  /** What the first layer reads. */
  private Signal read() {
    Blueprint blueprint = network.blueprint();
    EncoderDecoderArchitecture.Reader reader = architecture.reader();
    Signal read;
    if (reader.source() instanceof Tokens) {
      read =
          network
              .add(new Lookup(blueprint, network.addEmbedding(TensorNames.READ, false)))
              .output();
    } else {
      Signal vectors = network.add(new Vectors(blueprint, reader.source().size())).output();
      read = network.add(Dense.linear(blueprint, TensorNames.PROJECTION, vectors)).output();
    }
    Dropouts dropout = architecture.dropout();
    if (dropout.input() > 0) {
      int connection = reader.stack().map(Stack::layers).orElse(0);
      read = network.add(dropout.module(blueprint, connection, dropout.input(), read)).output();
    }
    return reader.reversed() ? network.add(new Reversal(blueprint, read)).output() : read;
  }

  private Signal said(Signal read) {
    return architecture
        .reader()
        .stack()
        .map(
            stack ->
                new StackModules(network, TensorNames.ENCODER, stack, architecture.dropout(), false)
                    .build(read))
        .orElse(read);
  }

  private Signal summarized() {
    Blueprint blueprint = network.blueprint();
    Optional<Stack> stack = architecture.reader().stack();
    int size = memory.size();
    Pool pool =
        stack.isPresent()
            ? new Pool(
                blueprint, memory, stack.get().hidden(), stack.get().width(), List.of(Pooling.LAST))
            : new Pool(blueprint, memory, size, size, List.of(Pooling.MEAN));
    return network.add(pool).output();
  }

  Network network() {
    return network;
  }

  /** What was read, (S, B, M). */
  Signal memory() {
    return memory;
  }

  /** What attention compares with, (S, B, A). */
  Signal keys() {
    return keys.orElseThrow();
  }

  /** The summary, (1, B, M). */
  Signal summary() {
    return summary;
  }

  /** The decoder's first state, (1, B, layers·states·H); empty: zeros. */
  Optional<Signal> start() {
    return start;
  }

  /**
   * Copies the decoder's first state of the sequences that were read.
   *
   * @param state receives (layer, h|c, B, H)
   */
  void begin(int batch, float[] state) {
    int hidden = architecture.writer().stack().hidden();
    int size = architecture.writer().stateSize();
    for (int b = 0; b < batch; b++) {
      for (int block = 0; block < size / hidden; block++) {
        int to = (block * batch + b) * hidden;
        if (start.isPresent()) {
          start.get().copy(batch, b, block * hidden, hidden, state, to);
        } else {
          Arrays.fill(state, to, to + hidden, 0f);
        }
      }
    }
  }
}
