package io.unroll.driver.train;

import io.unroll.dataprep.summary.Count;
import io.unroll.driver.config.AveragingSettings;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.model.Task;
import io.unroll.driver.report.MetricsJson;
import io.unroll.driver.report.MetricsLine;
import io.unroll.driver.report.ProgressLine;
import io.unroll.driver.report.ProgressLog;
import io.unroll.driver.report.RoundMetrics;
import io.unroll.driver.report.RunEvent;
import io.unroll.driver.report.RunListener;
import io.unroll.driver.report.SampleText;
import io.unroll.driver.report.TokenUnit;
import io.unroll.driver.round.RoundSchedule;
import io.unroll.driver.run.Checkpoint;
import io.unroll.driver.run.Progress;
import io.unroll.driver.run.RunDirectory;
import io.unroll.worker.train.Histogram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what happens: to the person watching, to metrics.jsonl, to samples/, to listeners. */
final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final RunDirectory directory;
  private final ProgressLog log;
  private final ProgressLine line;
  private final List<RunListener> listeners;
  private final Clock clock = Clock.systemUTC();

  /**
   * Opens the journal of a start of the run.
   *
   * @param rounds rounds of the whole run, as far as is known
   * @param listeners are told too, and are closed with it
   */
  Journal(
      RunDirectory directory,
      ProgressLog log,
      TokenUnit unit,
      int rounds,
      List<RunListener> listeners) {
    this.directory = directory;
    this.log = log;
    this.line = new ProgressLine(unit, rounds);
    this.listeners = listeners;
  }

  /** Says something that is no event of the run. */
  void say(String text) {
    log.say(text);
  }

  /** Tells an event. */
  void tell(RunEvent event) {
    String text = line.of(event);
    if (event instanceof RoundMetrics round) {
      log.sayRound(round.round(), text);
    } else {
      log.say(text);
    }
    MetricsLine told = new MetricsLine(Optional.of(clock.instant()), event);
    directory.appendMetrics(MetricsJson.text(told));
    if (event instanceof SampleText sample) {
      directory.writeSample(sample.round(), sample.prompt() + sample.text() + "\n");
    }
    each(listener -> listener.tell(event));
  }

  /** What is done with each listener. */
  private interface Telling {
    void to(RunListener listener) throws IOException;
  }

  private void each(Telling telling) {
    try {
      for (RunListener listener : listeners) {
        telling.to(listener);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shows how tensors are spread after a round: weights, or gradients. */
  void histograms(int round, String what, List<Histogram> tensors) {
    each(listener -> listener.histograms(round, what, tensors));
  }

  /** Tells that there is a new checkpoint. */
  void saved() {
    each(RunListener::saved);
  }

  /** Tells that this start of the run ended as it should. */
  void ended(RunListener.End end) {
    each(listener -> listener.ended(end));
  }

  /** Draws the page of the run as it stands. */
  void report(RunConfiguration configuration, Task task) {
    List<MetricsLine> told =
        directory.readMetrics(
            (in, length) ->
                MetricsJson.read(
                    in, RunDirectory.METRICS, odd -> LOG.warn("Passing over a line: {}", odd)));
    directory.writeReport(
        RunReport.html(configuration, task, told, Optional.empty(), clock.instant()));
  }

  /** What a run begins with: settings, data, lanes. */
  static String opening(RunConfiguration configuration, TrainingPlan plan, Checkpoint start) {
    String opening =
        String.format(
            Locale.ROOT,
            """
            %s
            model      %s, %s
            data       %s per epoch in %s; %,d left out
            schedule   %s""",
            configuration.summary(),
            Count.of(start.parameters().length, "parameter"),
            plan.task().description(),
            Count.of(plan.predictions(), "prediction"),
            Count.of(plan.sizes().size(), "lane"),
            plan.skipped(),
            schedule(configuration, plan.schedule(), start.progress()));
    return plan.leftOut().warning().map(text -> opening + "\nwarning    " + text).orElse(opening);
  }

  private static String schedule(
      RunConfiguration configuration, RoundSchedule schedule, Progress start) {
    long steps = schedule.steps(start);
    String all = Count.of(schedule.totalSteps(), "step");
    return "%s per lane, averaged in %s (averaging.interval %s%s)"
        .formatted(
            Count.of(steps, "step"),
            Count.of(schedule.rounds(start), "round"),
            configuration.text(AveragingSettings.INTERVAL),
            steps < schedule.totalSteps()
                ? "; training.max-rounds ends it before the %s of all epochs".formatted(all)
                : "");
  }

  @Override
  public void close() {
    log.flush();
    IOException failure = null;
    for (RunListener listener : listeners) {
      try {
        listener.close();
      } catch (IOException e) { // the others are to be closed, too
        failure = e;
      }
    }
    if (failure != null) {
      throw new UncheckedIOException(failure);
    }
  }
}
