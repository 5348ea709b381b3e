package io.unroll.bench.dl4j;

import java.util.List;

/**
 * A network and the shape of its minibatches: embedding, two LSTM layers, softmax.
 *
 * @param name what results are reported under
 * @param steps T, time steps of a window
 * @param batch B, sequences side by side in one minibatch of one worker
 * @param vocabulary V, number of tokens
 * @param embedding E, width of the embedding
 * @param hidden H, units of each LSTM layer
 * @param optimizer how parameters are updated
 * @param dropout probability of zeroing an input of the second LSTM layer and of the output layer
 */
record Workload(
    String name,
    int steps,
    int batch,
    int vocabulary,
    int embedding,
    int hidden,
    Optimizer optimizer,
    double dropout) {

  /** Update rules that the benchmarks use. */
  enum Optimizer {
    SGD,
    ADAM
  }

  /** The presets of {@code unroll benchmark} that Deeplearning4j has the cell for. */
  static final List<Workload> PRESETS =
      List.of(
          preset("char-128", 50, 50, 65, 128),
          preset("char-512", 50, 50, 65, 512),
          preset("word-200", 20, 20, 10_000, 200),
          preset("word-650", 35, 20, 10_000, 650));

  private static Workload preset(String name, int steps, int batch, int vocabulary, int hidden) {
    return new Workload(name, steps, batch, vocabulary, hidden, hidden, Optimizer.SGD, 0);
  }

  /** The network of {@code conf/tiny-shakespeare.yaml}; batch is that of one lane. */
  static Workload text(int vocabulary) {
    return new Workload("tiny-shakespeare", 64, 32, vocabulary, 64, 512, Optimizer.ADAM, 0.4);
  }

  /**
   * The preset of that name.
   *
   * @throws IllegalArgumentException if there is none that Deeplearning4j can train
   */
  static Workload named(String name) {
    return PRESETS.stream()
        .filter(preset -> preset.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(refusal(name)));
  }

  private static String refusal(String name) {
    String names = String.join(", ", PRESETS.stream().map(Workload::name).toList());
    String reason = name.startsWith("gru") ? "Deeplearning4j has no GRU" : "unknown";
    return "Invalid --preset: %s (%s; expected one of %s)".formatted(name, reason, names);
  }

  /** T·B, the tokens that one minibatch trains on. */
  int tokensPerMinibatch() {
    return steps * batch;
  }
}
