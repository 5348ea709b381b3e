package io.unroll.driver.report;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run's events by kind, in order of rounds, each round once: of a round told twice the later
 * telling counts.
 *
 * @param starts all of them, as they were told
 * @param times of what was told, where that is known
 */
record RunHistory(
    List<RunStart> starts,
    List<RoundMetrics> rounds,
    List<ValidationMetrics> validations,
    List<SampleText> samples,
    List<Instant> times) {

  static RunHistory of(List<MetricsLine> lines) {
    List<RunEvent> events = lines.stream().map(MetricsLine::event).toList();
    return new RunHistory(
        events.stream().filter(RunStart.class::isInstance).map(RunStart.class::cast).toList(),
        latest(events, RoundMetrics.class),
        latest(events, ValidationMetrics.class),
        latest(events, SampleText.class),
        lines.stream().flatMap(line -> line.time().stream()).sorted().toList());
  }

  private static <E extends RunEvent> List<E> latest(List<RunEvent> events, Class<E> kind) {
    var byRound = new TreeMap<Integer, E>();
    for (RunEvent event : events) {
      if (kind.isInstance(event)) {
        byRound.put(event.round(), kind.cast(event));
      }
    }
    return List.copyOf(byRound.values());
  }

  boolean isEmpty() {
    return rounds.isEmpty() && validations.isEmpty() && samples.isEmpty();
  }

  Optional<RoundMetrics> last() {
    return rounds.isEmpty() ? Optional.empty() : Optional.of(rounds.get(rounds.size() - 1));
  }

  /**
   * The validation of highest accuracy, where that is measured, and of lowest loss, the first of
   * equals; those without a finite loss do not count.
   */
  Optional<ValidationMetrics> best() {
    return validations.stream()
        .filter(v -> Double.isFinite(v.loss()))
        .min(
            Comparator.<ValidationMetrics>comparingDouble(v -> -v.accuracy().orElse(0))
                .thenComparingDouble(ValidationMetrics::loss));
  }

  Optional<ValidationMetrics> validation(int round) {
    return validations.stream().filter(v -> v.round() == round).findFirst();
  }

  /** The first round without a finite loss. */
  Optional<RoundMetrics> diverged() {
    return rounds.stream().filter(r -> !Double.isFinite(r.loss())).findFirst();
  }

  /** Wall clock time of rounds and validations. */
  double seconds() {
    return rounds.stream().mapToDouble(RoundMetrics::seconds).sum()
        + validations.stream().mapToDouble(ValidationMetrics::seconds).sum();
  }
}
