package io.unroll.driver.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The charts of a run. */
final class RunCharts {
  private static final String TRAIN = "train";
  private static final String VALID = "valid";

  /** The close-up leaves out the first fifth of the run, where the loss falls fast. */
  private static final double CLOSE_UP_FROM = 0.2;

  /** From this ratio of the largest to the median norm on, a linear axis would hide the norms. */
  private static final double LOGARITHMIC_FROM = 20;

  private final RunDescription run;
  private final RunHistory history;
  private final Axis epochs;

  RunCharts(RunDescription run, RunHistory history) {
    this.run = run;
    this.history = history;
    this.epochs = Axis.exactly(0, lastEpoch(), 8);
  }

  private double lastEpoch() {
    double rounds = history.last().map(RoundMetrics::epoch).orElse(0.0);
    var validations = history.validations();
    return validations.isEmpty()
        ? rounds
        : Math.max(rounds, validations.get(validations.size() - 1).epoch());
  }

  List<Chart> all() {
    var charts = new ArrayList<Chart>();
    charts.add(loss());
    charts.add(closeUp());
    charts.add(gradientNorm());
    charts.add(simple("Clipped steps", "% of steps", r -> 100 * r.clippedShare()));
    charts.add(simple("Learning rate", "last step of a round", RoundMetrics::learningRate));
    charts.add(averaging());
    charts.add(simple("Speed", "tokens per second", RoundMetrics::tokensPerSecond));
    charts.add(simple("Overhead", "% of the time of a round", r -> 100 * r.overheadShare()));
    return charts;
  }

  private Chart loss() {
    var lines = losses(loss -> loss);
    var best =
        history
            .best()
            .map(
                v ->
                    new Chart.Mark<>(
                        new Series.Point(v.round(), v.epoch(), v.loss()),
                        "best " + Numbers.fixed(v.loss(), 4)));
    return new Chart(
        "Loss",
        "nats per " + run.unit().noun(),
        "wide",
        epochs,
        around(lines),
        lines,
        new Chart.Marks(Optional.empty(), best));
  }

  /** The loss in the measure of its unit, without the steep beginning. */
  private Chart closeUp() {
    if (run.unit() == TokenUnit.LABEL) {
      return accuracy();
    }
    double begin = CLOSE_UP_FROM * epochs.high();
    var lines = losses(run.unit()::measured).stream().map(s -> s.from(begin)).toList();
    String measure = run.unit() == TokenUnit.CHARACTER ? "Bits per character" : "Perplexity";
    return new Chart(
        measure,
        "after the first fifth of the run",
        "half",
        Axis.exactly(begin, epochs.high(), 8),
        around(lines),
        lines,
        Chart.Marks.NONE);
  }

  /** Share of the labels that were right. */
  private Chart accuracy() {
    var lines =
        List.of(
            Series.ofValidations(
                "validation",
                VALID,
                history.validations(),
                v -> 100 * v.accuracy().orElse(Double.NaN)));
    var best =
        history
            .best()
            .filter(v -> v.accuracy().isPresent())
            .map(v -> new Series.Point(v.round(), v.epoch(), 100 * v.accuracy().getAsDouble()))
            .map(p -> new Chart.Mark<>(p, "best " + Numbers.fixed(p.y(), 2) + " %"));
    return new Chart(
        "Accuracy",
        "% of the labels",
        "half",
        epochs,
        around(lines),
        lines,
        new Chart.Marks(Optional.empty(), best));
  }

  private List<Series> losses(java.util.function.DoubleUnaryOperator measure) {
    return List.of(
        Series.ofRounds("training", TRAIN, history.rounds(), r -> measure.applyAsDouble(r.loss())),
        Series.ofValidations(
            "validation", VALID, history.validations(), v -> measure.applyAsDouble(v.loss())));
  }

  private Chart gradientNorm() {
    var largest =
        Series.ofRounds("largest", TRAIN, history.rounds(), RoundMetrics::maxGradientNorm);
    var mean = Series.ofRounds("mean", VALID, history.rounds(), RoundMetrics::gradientNorm);
    var lines = List.of(largest, mean);
    Optional<Chart.Mark<Double>> clip =
        run.maxNorm().isPresent()
            ? Optional.of(
                new Chart.Mark<>(
                    run.maxNorm().getAsDouble(),
                    "clipped above " + Numbers.significant(run.maxNorm().getAsDouble(), 4)))
            : Optional.empty();
    return new Chart(
        "Gradient norm",
        "L2, before clipping",
        "half",
        epochs,
        normAxis(lines),
        lines,
        new Chart.Marks(clip, Optional.empty()));
  }

  /** How far the lanes went apart in a round, and how far the outer step took them together. */
  private Chart averaging() {
    var lines =
        List.of(
            Series.ofRounds("outer step", TRAIN, history.rounds(), RoundMetrics::outerNorm),
            Series.ofRounds("drift", VALID, history.rounds(), RoundMetrics::drift));
    double high = values(lines).filter(v -> v > 0).max().orElse(1);
    return new Chart(
        "Averaging",
        "L2 of the outer step and of the lanes' drift",
        "half",
        epochs,
        Axis.around(0, high, 4),
        lines,
        Chart.Marks.NONE);
  }

  private Axis normAxis(List<Series> lines) {
    double[] norms = values(lines).filter(v -> v > 0).sorted().toArray();
    if (norms.length > 0 && norms[norms.length - 1] > LOGARITHMIC_FROM * norms[norms.length / 2]) {
      return Axis.logarithmic(norms[0], norms[norms.length - 1]);
    }
    double clip = run.maxNorm().orElse(0);
    return Axis.around(0, Math.max(clip, norms.length == 0 ? 0 : norms[norms.length - 1]), 4);
  }

  private Chart simple(String title, String unit, ToDoubleFunction<RoundMetrics> value) {
    var line = Series.ofRounds(title, VALID, history.rounds(), value);
    double high = values(List.of(line)).filter(v -> v > 0).max().orElse(1);
    return new Chart(
        title, unit, "half", epochs, Axis.around(0, high, 4), List.of(line), Chart.Marks.NONE);
  }

  private static Axis around(List<Series> lines) {
    OptionalDouble low = values(lines).min();
    return Axis.around(low.orElse(0), values(lines).max().orElse(1), 5);
  }

  private static DoubleStream values(List<Series> lines) {
    return lines.stream()
        .flatMap(s -> s.points().stream())
        .filter(Series.Point::finite)
        .mapToDouble(Series.Point::y);
  }
}
