package io.unroll.worker.model;

import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.Pooling;
import io.unroll.worker.parallel.Cores;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The shape of a model that gives a label to a sequence, or to each of its steps.
 *
 * @param source what it reads
 * @param stack its recurrent layers
 * @param labels K, number of labels
 * @param pooling how the steps become one vector; none: every step gets a label
 * @param dropout what it drops while it trains; it also drops what the output layer reads
 */
public record LabelerArchitecture(
    Source source, Stack stack, int labels, List<Pooling> pooling, Dropouts dropout)
    implements Architecture {
  /** What a labeler reads. */
  public sealed interface Source extends Serializable permits Tokens, Numbers {
    /** Numbers of a step that the first layer reads. */
    int size();
  }

  /**
   * Tokens.
   *
   * @param vocabulary V, number of tokens
   * @param embedding E, size of a token's vector
   * @param spelling the characters of the tokens; null where they are not read, since this is
   *     serialized
   */
  public record Tokens(int vocabulary, int embedding, Characters spelling) implements Source {
    public Tokens {
      Stack.atLeastOne("vocabulary", vocabulary);
      Stack.atLeastOne("embedding", embedding);
    }

    /** Tokens with their characters, or without. */
    public Tokens(int vocabulary, int embedding, Optional<Characters> characters) {
      this(vocabulary, embedding, characters.orElse(null));
    }

    /** The characters of the tokens, where they are read. */
    public Optional<Characters> characters() {
      return Optional.ofNullable(spelling);
    }

    @Override
    public int size() {
      return Math.addExact(embedding, characters().map(c -> 2 * c.hidden()).orElse(0));
    }
  }

  /**
   * The characters that tokens are made of.
   *
   * @param vocabulary number of characters
   * @param embedding size of a character's vector
   * @param hidden units of each direction
   */
  public record Characters(int vocabulary, int embedding, int hidden) implements Serializable {
    public Characters {
      Stack.atLeastOne("characters", vocabulary);
      Stack.atLeastOne("character-embedding", embedding);
      Stack.atLeastOne("character-hidden", hidden);
    }
  }

  /**
   * Vectors of numbers.
   *
   * @param size F, numbers of a step
   */
  public record Numbers(int size) implements Source {
    public Numbers {
      Stack.atLeastOne("vector-size", size);
    }
  }

  public LabelerArchitecture {
    Stack.atLeastOne("labels", labels);
    pooling = List.copyOf(pooling);
    if (pooling.stream().distinct().count() < pooling.size()) {
      throw new IllegalArgumentException(
          "Invalid model.pooling: %s (expected each way once)".formatted(pooling));
    }
  }

  /** Whether a sequence gets one label. */
  public boolean isPooled() {
    return !pooling.isEmpty();
  }

  /** Numbers that the output layer reads. */
  public int outputs() {
    return Math.multiplyExact(stack.outputs(), Math.max(1, pooling.size()));
  }

  @Override
  public ParameterLayout layout() {
    return Labeler.layout(this);
  }

  @Override
  public Labeler model(int maxTime, int maxBatch, Cores cores) {
    return new Labeler(this, maxTime, maxBatch, cores);
  }

  /** Every example begins anew. */
  @Override
  public int stateSize() {
    return 0;
  }

  @Override
  public Map<Column, Integer> vocabularySizes() {
    Map<Column, Integer> sizes = new EnumMap<>(Column.class);
    sizes.put(Column.LABELS, labels);
    if (source instanceof Tokens tokens) {
      sizes.put(Column.TOKENS, tokens.vocabulary());
      tokens.characters().ifPresent(read -> sizes.put(Column.CHARACTERS, read.vocabulary()));
    }
    return sizes;
  }

  @Override
  public int vectorSize() {
    return source instanceof Numbers numbers ? numbers.size() : 0;
  }
}
