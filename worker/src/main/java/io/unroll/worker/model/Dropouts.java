package io.unroll.worker.model;

import io.unroll.worker.layer.Blueprint;
import io.unroll.worker.layer.Dropout;
import io.unroll.worker.layer.Signal;
import io.unroll.worker.layer.WordDropout;
import java.io.Serializable;

/**
 * What a model drops while it trains; every probability is in [0, 1).
 *
 * @param input probability of dropping an element of what the first layer reads
 * @param layers probability of dropping an element of what a layer says
 * @param locked whether all steps of a sequence drop the same elements of both
 * @param embedding probability of dropping the vector of a token, wherever it is in a window; of
 *     language models only
 * @param weights probability of dropping a weight from h to h', for all steps of a window
 * @param words which words are read as unknown
 */
public record Dropouts(
    double input,
    double layers,
    boolean locked,
    double embedding,
    double weights,
    WordDropout words)
    implements Serializable {
  /** Nothing is dropped. */
  public static final Dropouts NONE = ofLayers(0);

  public Dropouts {
    check("input-dropout", input);
    check("dropout", layers);
    check("embedding-dropout", embedding);
    check("weight-drop", weights);
    check("word-dropout", words.word());
    check("rare-word-dropout", words.rare());
  }

  private static void check(String name, double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "Invalid model.%1$s: %2$s (expected 0 <= %1$s < 1)".formatted(name, probability));
    }
  }

  /** Of what layers read and say, and of words. */
  public Dropouts(double input, double layers, boolean locked, WordDropout words) {
    this(input, layers, locked, 0, 0, words);
  }

  /** After each layer, every step for itself: Zaremba's. */
  public static Dropouts ofLayers(double probability) {
    return new Dropouts(0, probability, false, WordDropout.NONE);
  }

  /** The same with other words that are read as unknown. */
  public Dropouts with(WordDropout others) {
    return new Dropouts(input, layers, locked, embedding, weights, others);
  }

  /** Whether anything can be dropped. */
  public boolean any() {
    return input > 0 || layers > 0 || embedding > 0 || weights > 0 || words.drops();
  }

  Dropout module(Blueprint blueprint, int connection, double probability, Signal signal) {
    return locked
        ? Dropout.locked(blueprint, connection, probability, signal)
        : Dropout.ofSteps(blueprint, connection, probability, signal);
  }
}
