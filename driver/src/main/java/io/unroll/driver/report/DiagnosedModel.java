package io.unroll.driver.report;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What the gradients of one model look like.
 *
 * @param name of the model
 * @param layers its recurrent layers
 * @param clipped share of the steps of its run that were clipped, 0 to 1; empty where no run is
 *     known
 */
public record DiagnosedModel(String name, List<GradientCurve> layers, OptionalDouble clipped) {
  /** The share of clipped steps of a run, over all its rounds; empty before the first. */
  public static OptionalDouble clippedShare(List<MetricsLine> lines) {
    List<RoundMetrics> rounds = RunHistory.of(lines).rounds();
    double steps = rounds.stream().mapToDouble(RoundMetrics::steps).sum();
    return rounds.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            rounds.stream().mapToDouble(round -> round.clippedShare() * round.steps()).sum()
                / steps);
  }
}
