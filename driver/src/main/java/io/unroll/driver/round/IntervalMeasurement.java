package io.unroll.driver.round;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Finds the smallest interval whose rounds leave at most a share of their time to Spark.
 *
 * <p>With o the overhead of a round and s the time of a step on the busiest core, a round of I
 * steps spends o / (o + I·s) on synchronisation; so I = ⌈o (1 - share) / (s · share)⌉. Both are
 * medians over {@value #ROUNDS} rounds, after {@value #WARM_UP} in which the JVM is still
 * compiling.
 */
public final class IntervalMeasurement {
  public static final int WARM_UP = 3;
  public static final int ROUNDS = 5;

  private final double share;
  private final List<Double> overheads = new ArrayList<>();
  private final List<Double> stepTimes = new ArrayList<>();
  private int rounds;

  /**
   * @param share in (0, 1)
   */
  public IntervalMeasurement(double share) {
    this.share = share;
  }

  /**
   * Adds a round.
   *
   * @param overhead seconds of the round that the busiest core did not compute
   * @param compute seconds that it did
   * @param steps of the round, at least 1
   */
  public void add(double overhead, double compute, int steps) {
    rounds++;
    if (rounds > WARM_UP) {
      overheads.add(overhead);
      stepTimes.add(compute / steps);
    }
  }

  /** The interval, at least 1; empty while too little was measured. */
  public OptionalInt interval() {
    if (overheads.size() < ROUNDS) {
      return OptionalInt.empty();
    }
    double steps = overhead() * (1 - share) / (Math.max(stepTime(), 1e-9) * share);
    return OptionalInt.of((int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.ceil(steps))));
  }

  /** Median, seconds. */
  public double overhead() {
    return median(overheads);
  }

  /** Median, seconds. */
  public double stepTime() {
    return median(stepTimes);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
