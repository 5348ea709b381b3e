package io.unroll.worker.model;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.parallel.Cores;
import java.util.Locale;
import java.util.Map;

/**
 * The shape of a language model: embedding (V, E), L recurrent layers of H units, softmax over V.
 *
 * @param cell recurrent cell of every layer
 * @param vocabulary V, number of tokens
 * @param embedding E, size of a token's vector
 * @param hidden H, units per layer
 * @param layers L
 * @param dropout what it drops while it trains
 * @param tieWeights whether the output layer shares the embedding's weight (Press and Wolf 2017)
 * @param connections how the layers read each other
 */
public record LanguageArchitecture(
    Cell cell,
    int vocabulary,
    int embedding,
    int hidden,
    int layers,
    Dropouts dropout,
    boolean tieWeights,
    Connections connections)
    implements Architecture {
  public LanguageArchitecture {
    Stack.atLeastOne("vocabulary", vocabulary);
    Stack.atLeastOne("embedding", embedding);
    Stack.atLeastOne("hidden", hidden);
    Stack.atLeastOne("layers", layers);
    if (tieWeights && connections == Connections.SKIP && layers > 1) {
      throw new IllegalArgumentException(
          "Invalid model.tie-weights: true does not go with model.connections: skip (the output layer reads all layers)");
    }
    if (tieWeights && embedding != hidden) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid model.tie-weights: true needs model.embedding = model.hidden, but they are %d and %d",
              embedding,
              hidden));
    }
  }

  /**
   * One whose layers read each the one below.
   *
   * @param dropout probability of dropping an element of what a layer says, in [0, 1) (Zaremba,
   *     Sutskever and Vinyals 2014)
   */
  public LanguageArchitecture(
      Cell cell,
      int vocabulary,
      int embedding,
      int hidden,
      int layers,
      double dropout,
      boolean tieWeights) {
    this(
        cell,
        vocabulary,
        embedding,
        hidden,
        layers,
        Dropouts.ofLayers(dropout),
        tieWeights,
        Connections.PLAIN);
  }

  /** The same that drops nothing. */
  public LanguageArchitecture withoutDropout() {
    return new LanguageArchitecture(
        cell, vocabulary, embedding, hidden, layers, Dropouts.NONE, tieWeights, connections);
  }

  @Override
  public ParameterLayout layout() {
    return LanguageModel.layout(this);
  }

  @Override
  public LanguageModel model(int maxTime, int maxBatch, Cores cores) {
    return new LanguageModel(this, maxTime, maxBatch, cores);
  }

  @Override
  public Stack stack() {
    return new Stack(cell, hidden, layers, false, connections);
  }

  @Override
  public Map<Column, Integer> vocabularySizes() {
    return Map.of(Column.TOKENS, vocabulary);
  }

  @Override
  public int vectorSize() {
    return 0;
  }

  /** Floats that a batch of one carries from window to window: layers × states × H. */
  @Override
  public int stateSize() {
    return stack().stateSize();
  }
}
