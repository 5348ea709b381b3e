package io.unroll.worker.model;

import io.unroll.worker.layer.Blueprint;
import io.unroll.worker.layer.Dropout;
import io.unroll.worker.layer.Signal;
import io.unroll.worker.layer.WordDropout;
import java.io.Serializable;

/**
 * What a model drops while it trains.
 *
 * @param input probability of dropping an element of what the first layer reads, in [0, 1)
 * @param layers probability of dropping an element of what a layer says, in [0, 1)
 * @param locked whether all steps of a sequence drop the same elements
 * @param words which words are read as unknown
 */
public record Dropouts(double input, double layers, boolean locked, WordDropout words)
    implements Serializable {
  /** Nothing is dropped. */
  public static final Dropouts NONE = new Dropouts(0, 0, false, WordDropout.NONE);

  public Dropouts {
    check("input-dropout", input);
    check("dropout", layers);
    check("word-dropout", words.word());
    check("rare-word-dropout", words.rare());
  }

  private static void check(String name, double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "Invalid model.%1$s: %2$s (expected 0 <= %1$s < 1)".formatted(name, probability));
    }
  }

  /** After each layer, every step for itself: Zaremba's. */
  public static Dropouts ofLayers(double probability) {
    return new Dropouts(0, probability, false, WordDropout.NONE);
  }

  /** Whether anything can be dropped. */
  public boolean any() {
    return input > 0 || layers > 0 || words.drops();
  }

  Dropout module(Blueprint blueprint, int connection, double probability, Signal signal) {
    return locked
        ? Dropout.locked(blueprint, connection, probability, signal)
        : Dropout.ofSteps(blueprint, connection, probability, signal);
  }
}
