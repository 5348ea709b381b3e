package io.unroll.worker.benchmark;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The models that speed is measured on, fixed so that it can be compared with other programs:
 * {@code bench/pytorch.py} has the same table. All have two layers, no dropout and untied weights.
 */
public enum Preset {
  CHAR_128("char-128", Cell.LSTM, 65, 128, 50, 50),
  CHAR_512("char-512", Cell.LSTM, 65, 512, 50, 50),
  GRU_512("gru-512", Cell.GRU_RESET_AFTER, 65, 512, 50, 50),
  WORD_200("word-200", Cell.LSTM, 10_000, 200, 20, 20),
  WORD_650("word-650", Cell.LSTM, 10_000, 650, 35, 20);

  private static final int LAYERS = 2;

  /** Multiply and add, in the forward product and in the two products of its gradient. */
  private static final int FLOPS_PER_WEIGHT = 6;

  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
  private final LanguageArchitecture architecture;

  private final int window;
  private final int batch;

  Preset(String key, Cell cell, int vocabulary, int hidden, int window, int batch) {
    this.key = key;
    this.architecture =
        new LanguageArchitecture(cell, vocabulary, hidden, hidden, LAYERS, 0, false);
    this.window = window;
    this.batch = batch;
  }

  /** Name on the command line. */
  public String key() {
    return key;
  }

  /** The model; E = H. */
  public LanguageArchitecture architecture() {
    return architecture;
  }

  /** T, time steps of a window. */
  public int window() {
    return window;
  }

  /** B, sequences side by side. */
  public int batch() {
    return batch;
  }

  /**
   * Nominal floating-point operations that training takes per token: 6 for each weight that takes
   * part in a product, which are G·H·(D + H) for a layer of G gates and D inputs, and V·H for the
   * output. Look-ups, biases, elementwise functions, clipping and update do not count.
   */
  public long flopsPerToken() {
    long weights = (long) architecture.vocabulary() * architecture.hidden();
    for (int layer = 0; layer < architecture.layers(); layer++) {
      long rows = (long) architecture.cell().gates() * architecture.hidden();
      weights +=
          rows
              * (architecture.stack().inputs(layer, architecture.embedding())
                  + architecture.hidden());
    }
    return FLOPS_PER_WEIGHT * weights;
  }

  /**
   * Operations that a step here really does per token: as {@link #flopsPerToken()}, but the input
   * products of the first layer are done once per distinct token of a window.
   *
   * @param distinctShare distinct tokens of a window over all its tokens, in (0, 1]
   */
  public double executedFlopsPerToken(double distinctShare) {
    long firstInput =
        (long) architecture.cell().gates() * architecture.hidden() * architecture.embedding();
    return flopsPerToken() - FLOPS_PER_WEIGHT * (1 - distinctShare) * firstInput;
  }

  /** All names, for messages: {@code char-128, char-512, ...}. */
  public static String keys() {
    return Arrays.stream(values()).map(Preset::key).collect(Collectors.joining(", "));
  }

  /**
   * The preset of that name.
   *
   * @throws IllegalArgumentException if there is none; the message names them all
   */
  public static Preset of(String key) {
    for (Preset preset : values()) {
      if (preset.key.equals(key)) {
        return preset;
      }
    }
    throw new IllegalArgumentException("Invalid preset: %s (expected %s)".formatted(key, keys()));
  }
}
