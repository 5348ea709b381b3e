package io.unroll.driver.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A line of {@code metrics.jsonl}: what happened, and when it was told.
 *
 * @param time to the millisecond; empty in files of early versions
 */
public record MetricsLine(Optional<Instant> time, RunEvent event) {
  public MetricsLine {
    time = time.map(exact -> exact.truncatedTo(ChronoUnit.MILLIS));
  }
}
