package io.unroll.driver.train;

import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.run.Progress;
import io.unroll.driver.run.RunDirectory;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what a start of a run came to: in its directory, and to whoever started it. */
final class RunEnd {
  private static final Logger LOG = LoggerFactory.getLogger(RunEnd.class);

  private final RunDirectory directory;
  private final RunConfiguration asked;
  private final RunControl control;
  private final Clock clock = Clock.systemUTC();
  private final Instant began = clock.instant();

  RunEnd(RunDirectory directory, RunConfiguration asked, RunControl control) {
    this.directory = directory;
    this.asked = asked;
    this.control = control;
  }

  /** Tells that it ended as it should. */
  TrainingResult tell(RunConfiguration configuration, TrainingLoop.End end) {
    TrainingResult result = result(end.outcome(), configuration, end.progress(), Optional.empty());
    directory.writeOutcome(result::put);
    control.ended(result);
    return result;
  }

  /** Tells of a failure, which goes on, as far as the directory is still this run's. */
  void tell(Exception failure) {
    try {
      directory.check();
      Progress progress = directory.checkpoints().progress().orElse(Progress.none());
      RunControl.Failure known = control.explain(failure);
      TrainingResult result =
          result(known.outcome(), asked, progress, Optional.of(known.message()));
      directory.writeOutcome(result::put);
      control.ended(result);
    } catch (RuntimeException alsoFailed) {
      LOG.warn("Cannot write {}: {}", RunDirectory.OUTCOME, alsoFailed.getMessage());
    }
  }

  private TrainingResult result(
      TrainingOutcome outcome,
      RunConfiguration configuration,
      Progress progress,
      Optional<String> message) {
    return new TrainingResult(
        outcome, configuration, progress, directory.hasBest(), message, began, clock.instant());
  }
}
