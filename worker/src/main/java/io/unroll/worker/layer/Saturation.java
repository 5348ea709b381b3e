package io.unroll.worker.layer;

import java.util.List;

/**
 * How many activations of a layer's gates are near their ends, where they hardly let gradients
 * through: below {@value #LOW}, or above {@value #HIGH}. Of an LSTM the gates are i, f and o, of a
 * GRU r and z; a vanilla RNN has none, and its |h| is counted instead.
 */
public final class Saturation {
  /** Activations below are counted as low. */
  public static final double LOW = 0.1;

  /** Activations above are counted as high. */
  public static final double HIGH = 0.9;

  private final List<Gate> gates;
  private final long[] low;
  private final long[] high;
  private long count;

  /**
   * A gate.
   *
   * @param name as the formulas have it
   * @param block its place among the H activations of each of the cell's gates
   */
  private record Gate(String name, int block) {}

  /** What one gate did; shares of its activations, 0 to 1. */
  public record Shares(String gate, double low, double high) {}

  /** Nothing counted yet. */
  public Saturation(Cell cell) {
    this.gates =
        switch (cell) {
          case RNN -> List.of(new Gate("|h|", 0));
          case LSTM -> List.of(new Gate("i", 0), new Gate("f", 1), new Gate("o", 3));
          case GRU, GRU_RESET_AFTER -> List.of(new Gate("r", 0), new Gate("z", 1));
        };
    this.low = new long[gates.size()];
    this.high = new long[gates.size()];
  }

  /**
   * Counts the gates of one step of one sequence.
   *
   * @param values activations, H of each gate
   * @param from index of the first
   */
  void add(float[] values, int from, int hidden) {
    for (int g = 0; g < low.length; g++) {
      int begin = from + gates.get(g).block() * hidden;
      for (int x = begin; x < begin + hidden; x++) {
        double activation = Math.abs(values[x]);
        low[g] += activation < LOW ? 1 : 0;
        high[g] += activation > HIGH ? 1 : 0;
      }
    }
    count += hidden;
  }

  /** The shares of all gates; 0 where nothing was counted. */
  public List<Shares> shares() {
    double all = Math.max(1, count);
    return gates.stream()
        .map(
            gate -> {
              int g = gates.indexOf(gate);
              return new Shares(gate.name(), low[g] / all, high[g] / all);
            })
        .toList();
  }
}
