package io.unroll.worker.model;

import io.unroll.worker.layer.Attention;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.model.LabelerArchitecture.Numbers;
import io.unroll.worker.model.LabelerArchitecture.Source;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.parallel.Cores;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The shape of a model that reads a source and writes a text about it.
 *
 * @param reader what reads
 * @param writer what writes
 * @param summary how the writer is told the summary of what was read
 * @param attending how the writer attends to what was read
 * @param dropout what it drops while it trains; it also drops what the output layer reads
 * @param labelSmoothing share of the target that training gives to all tokens alike, in [0, 1)
 *     (Szegedy et al. 2016, section 7)
 */
public record EncoderDecoderArchitecture(
    Reader reader,
    Writer writer,
    Summary summary,
    Attending attending,
    Dropouts dropout,
    double labelSmoothing)
    implements Architecture {
  /**
   * What reads the source.
   *
   * @param source what is read
   * @param layers its recurrent layers; null where the vectors are read as they are, since this is
   *     serialized
   * @param reversed whether it reads from the end (Sutskever, Vinyals and Le 2014, section 3.3)
   * @param size E, numbers that each vector of numbers is made to; tokens have their own
   */
  public record Reader(Source source, Stack layers, boolean reversed, int size)
      implements Serializable {
    public Reader {
      if (layers == null && source instanceof Tokens) {
        throw new IllegalArgumentException(
            "Invalid model.encoder-layers: 0 is for vectors (expected at least 1 for tokens)");
      }
      Stack.atLeastOne("embedding", size);
    }

    /** Its recurrent layers; empty where vectors are read as they are. */
    public Optional<Stack> stack() {
      return Optional.ofNullable(layers);
    }

    /** Numbers that the first layer reads of a step. */
    int inputs() {
      return source instanceof Tokens tokens ? tokens.size() : size;
    }

    /** Numbers that it says of a step. */
    public int outputs() {
      return layers == null ? inputs() : layers.outputs();
    }
  }

  /**
   * What writes the text.
   *
   * @param stack its recurrent layers, which read forward, each the one below
   * @param vocabulary V, number of tokens
   * @param embedding E, size of a token's vector, and of what the output layer reads
   * @param tieWeights whether the output layer shares the embedding's weight
   */
  public record Writer(Stack stack, int vocabulary, int embedding, boolean tieWeights)
      implements Serializable {
    public Writer {
      Stack.atLeastOne("vocabulary", vocabulary);
      Stack.atLeastOne("embedding", embedding);
      if (stack.bidirectional() || stack.connections() != Connections.PLAIN) {
        throw new IllegalArgumentException(
            "Invalid model.connections: a decoder reads forward, each layer the one below (expected plain)");
      }
    }

    /** Floats of state of one sequence. */
    int stateSize() {
      return stack.stateSize();
    }
  }

  /**
   * How the writer attends to what was read.
   *
   * @param size A, numbers that are compared; 0: it does not attend
   */
  public record Attending(int size, Attention.Options options) implements Serializable {
    /** Not at all. */
    public static final Attending NONE = new Attending(0, Attention.Options.NONE);

    public Attending {
      if (size < 0) {
        throw new IllegalArgumentException(
            "Invalid model.attention-size: " + size + " (expected at least 1)");
      }
      if (!(options.coverage() >= 0 && Double.isFinite(options.coverage()))) {
        throw new IllegalArgumentException(
            "Invalid model.attention-coverage: "
                + options.coverage()
                + " (expected a finite number, at least 0)");
      }
    }

    /** As Bahdanau, Cho and Bengio (2015) do. */
    public static Attending of(int size) {
      return new Attending(size, Attention.Options.NONE);
    }
  }

  public EncoderDecoderArchitecture {
    if (attending.size() > 0 && reader.reversed()) {
      throw new IllegalArgumentException(
          "Invalid model.reverse-source: true does not go with model.attention (which finds its place itself)");
    }
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "Invalid model.label-smoothing: "
              + labelSmoothing
              + " (expected 0 <= label-smoothing < 1)");
    }
  }

  /** Whether the writer attends to what was read. */
  public boolean attends() {
    return attending.size() > 0;
  }

  @Override
  public ParameterLayout layout() {
    return EncoderDecoder.layout(this);
  }

  @Override
  public EncoderDecoder model(int maxTime, int maxBatch, Cores cores) {
    return new EncoderDecoder(this, maxTime, maxBatch, cores);
  }

  /** Every example begins anew. */
  @Override
  public int stateSize() {
    return 0;
  }

  /** Those of the writer. */
  @Override
  public Stack stack() {
    return writer.stack();
  }

  @Override
  public Map<Column, Integer> vocabularySizes() {
    Map<Column, Integer> sizes = new EnumMap<>(Column.class);
    sizes.put(Column.TARGETS, writer.vocabulary());
    if (reader.source() instanceof Tokens tokens) {
      sizes.put(Column.TOKENS, tokens.vocabulary());
    }
    return sizes;
  }

  @Override
  public int vectorSize() {
    return reader.source() instanceof Numbers numbers ? numbers.size() : 0;
  }

  @Override
  public String tokenVectors() {
    return TensorNames.READ;
  }
}
