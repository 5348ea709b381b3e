package io.unroll.worker.model;

import io.unroll.worker.layer.Cell;
import java.io.Serializable;
import java.util.Locale;

/**
 * The shape of a language model: embedding (V, E), L recurrent layers of H units, softmax over V.
 *
 * @param cell recurrent cell of every layer
 * @param vocabulary V, number of tokens
 * @param embedding E, size of a token's vector
 * @param hidden H, units per layer
 * @param layers L
 * @param dropout probability of zeroing a non-recurrent connection while training, in [0, 1)
 *     (Zaremba, Sutskever and Vinyals 2014)
 * @param tieWeights whether the output layer shares the embedding's weight (Press and Wolf 2017)
 */
public record Architecture(
    Cell cell,
    int vocabulary,
    int embedding,
    int hidden,
    int layers,
    double dropout,
    boolean tieWeights)
    implements Serializable {
  public Architecture {
    atLeastOne("vocabulary", vocabulary);
    atLeastOne("embedding", embedding);
    atLeastOne("hidden", hidden);
    atLeastOne("layers", layers);
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException(
          "Invalid model.dropout: " + dropout + " (expected 0 <= dropout < 1)");
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

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid model.%s: %d (expected at least 1)", name, value));
    }
  }

  /** Inputs of a layer: E for the first, H for the others. */
  public int inputs(int layer) {
    return layer == 0 ? embedding : hidden;
  }

  /** Floats that a batch of one carries from window to window: layers × states × H. */
  public int stateSize() {
    return layers * cell.states() * hidden;
  }
}
