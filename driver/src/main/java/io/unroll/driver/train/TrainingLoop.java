package io.unroll.driver.train;

import io.unroll.dataprep.DataException;
import io.unroll.driver.config.ClippingSettings;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.report.RoundMetrics;
import io.unroll.driver.report.ValidationMetrics;
import io.unroll.driver.round.DivergedException;
import io.unroll.driver.round.IntervalMeasurement;
import io.unroll.driver.round.Round;
import io.unroll.driver.round.RoundSchedule;
import io.unroll.driver.round.RoundSummary;
import io.unroll.driver.round.RoundTrainer;
import io.unroll.driver.run.Checkpoint;
import io.unroll.driver.run.Progress;
import io.unroll.driver.run.RunDirectory;
import io.unroll.driver.run.RunIdentity;
import io.unroll.driver.run.Score;
import io.unroll.driver.sample.Illustration;
import io.unroll.worker.format.ModelFiles;
import io.unroll.worker.model.Tally;
import io.unroll.worker.train.Histogram;
import io.unroll.worker.train.LaneReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/** The rounds of a run, one after the other: train, tell, now and then validate and save. */
final class TrainingLoop {
  /** A loss so many times that of guessing among all tokens is an explosion. */
  private static final double EXPLOSION = 3;

  private final JavaSparkContext context;
  private final RunDirectory directory;
  private final RunConfiguration configuration;
  private final RunIdentity identity;
  private final TrainingPlan plan;
  private final Journal journal;
  private final Validation validation;
  private final Illustration illustration;
  private final RoundTrainer trainer;
  private final IntervalMeasurement measurement;
  private final Stopwatch watch = new Stopwatch();

  /** How the gradient of the last step is spread; empty before the first round of this start. */
  private List<Histogram> gradients = List.of();

  TrainingLoop(
      JavaSparkContext context,
      RunDirectory directory,
      RunConfiguration configuration,
      RunIdentity identity,
      TrainingPlan plan,
      Journal journal,
      Validation validation,
      Illustration illustration) {
    this.context = context;
    this.directory = directory;
    this.configuration = configuration;
    this.identity = identity;
    this.plan = plan;
    this.journal = journal;
    this.validation = validation;
    this.illustration = illustration;
    this.trainer = plan.trainer(context, configuration.averaging(), directory.uri());
    this.measurement = new IntervalMeasurement(configuration.averaging().maxOverhead());
  }

  /** How a loop ended, and how far the run is now. */
  record End(TrainingOutcome outcome, Progress progress) {}

  /** Runs from a checkpoint to the end, or until it is told to stop. */
  End run(Checkpoint start, RunControl control) {
    try (trainer) {
      Checkpoint state = start.progress().rounds() == 0 ? begin(start) : start;
      if (finished(state)) {
        save(state);
        return new End(TrainingOutcome.DONE, state.progress());
      }
      while (true) {
        Checkpoint before = state;
        state = onTheSameData(before);
        directory.check();
        boolean finished = finished(state);
        boolean stopping = !finished && control.stopAsked();
        if (finished || stopping || settled(before, state) || dueToSave()) {
          save(state);
        }
        directory.keepLaneFilesOf(state.progress().rounds());
        if (finished || stopping) {
          return new End(
              finished ? TrainingOutcome.DONE : TrainingOutcome.INTERRUPTED, state.progress());
        }
      }
    }
  }

  /** A model that is trained on is judged first: what follows is to be better. */
  private Checkpoint begin(Checkpoint start) {
    if (configuration.continueFrom().isPresent()) {
      return validate(start);
    }
    illustrate(0, start.parameters());
    return start;
  }

  private boolean finished(Checkpoint state) {
    return plan.finished(state.progress(), configuration.training());
  }

  /**
   * Trains a round, and validates where it is due, unless the dataset is no longer the one that the
   * run reads: Spark would only say that some file is missing, if at all.
   */
  private Checkpoint onTheSameData(Checkpoint before) {
    try {
      plan.dataset().requireSameRows();
      Checkpoint after = trainRound(before);
      if (validation.dueAfter(after.progress(), plan.schedule()) || finished(after)) {
        after = validate(after);
        journal.report(configuration, plan.task());
      }
      return after;
    } catch (DivergedException e) {
      throw e;
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      try {
        plan.dataset().requireSameFiles();
      } catch (DataException changed) {
        throw savedBefore(changed, before);
      }
      throw e;
    }
  }

  private DataException savedBefore(DataException changed, Checkpoint state) {
    int rounds = state.progress().rounds();
    if (rounds > directory.checkpoints().progress().map(Progress::rounds).orElse(0)) {
      save(state);
    }
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s. The run is saved after round %d and goes on from there",
            changed.getMessage(),
            rounds),
        changed);
  }

  private boolean dueToSave() {
    return watch.sinceSaved().compareTo(configuration.checkpoint().every()) >= 0;
  }

  /** From then on the interval must be the same, whatever happens. */
  private static boolean settled(Checkpoint before, Checkpoint now) {
    return before.progress().interval().isEmpty() && now.progress().interval().isPresent();
  }

  private Checkpoint trainRound(Checkpoint state) {
    RoundSchedule schedule = plan.schedule();
    Progress before = state.progress();
    Round round = schedule.next(before);
    context.setJobDescription(
        String.format(Locale.ROOT, "round %d/%d", before.rounds() + 1, schedule.rounds(before)));
    Stopwatch.Lap lap = watch.lap();
    RoundTrainer.Trained trained = trainer.train(round, state);
    RoundSummary summary = trained.summary();
    summary.diverged().ifPresent(report -> stopDiverged(round, report));
    gradients = summary.gradients();
    Duration taken = lap.taken();
    Progress progress =
        before.afterRound(round.stretch().end(), summary.tally().predictions(), taken);
    RoundMetrics metrics = metrics(round, trained, progress, taken);
    journal.tell(metrics);
    if (!(summary.tally().meanLoss()
        < EXPLOSION * Math.max(1, Math.log(plan.task().predicted().size())))) {
      throw diverged(
          String.format(
              Locale.ROOT,
              "the loss of round %d is %.2f",
              progress.rounds(),
              summary.tally().meanLoss()));
    }
    requireFinite(trained.state(), progress.rounds());
    return trained.state().with(measured(before, progress, metrics));
  }

  /** The last update of a round may be the first to overflow; no checkpoint must hold that. */
  private void requireFinite(Checkpoint state, int round) {
    ModelFiles.notFinite(plan.lanePlan().architecture(), state.parameters())
        .ifPresent(
            what -> {
              throw diverged("after round " + round + " " + what);
            });
  }

  /** Settles the interval as soon as enough rounds were measured. */
  private Progress measured(Progress before, Progress after, RoundMetrics round) {
    if (!plan.schedule().measures(before)) {
      return after;
    }
    measurement.add(
        round.overheadSeconds(), round.seconds() - round.overheadSeconds(), round.steps());
    OptionalInt interval = measurement.interval();
    if (interval.isEmpty()) {
      return after;
    }
    journal.say(
        String.format(
            Locale.ROOT,
            "interval   %d steps a round from here on: a step takes %.1f ms, averaging %.0f ms (at most %.1f %% of the time)",
            interval.getAsInt(),
            1000 * measurement.stepTime(),
            1000 * measurement.overhead(),
            100 * configuration.averaging().maxOverhead()));
    return after.settled(interval.getAsInt());
  }

  private RoundMetrics metrics(
      Round round, RoundTrainer.Trained trained, Progress progress, Duration taken) {
    RoundSummary summary = trained.summary();
    double seconds = Stopwatch.seconds(taken);
    RoundSchedule schedule = plan.schedule();
    int rounds = schedule.rounds(progress);
    return new RoundMetrics(
        progress.rounds(),
        rounds,
        schedule.epochs(progress),
        progress.steps(),
        progress.tokens(),
        summary.tally().meanLoss(),
        summary.tally().meanNorm(),
        summary.tally().largestNorm(),
        summary.tally().clippedShare(),
        plan.lanePlan()
            .learningRate()
            .at(progress.steps() - 1, schedule.totalSteps(), round.stretch().reductions()),
        round.stretch().count(),
        trained.drift(),
        trained.outerNorm(),
        summary.tally().predictions() / seconds,
        seconds,
        summary.computeSeconds(),
        Math.max(0, seconds - summary.busiestCoreSeconds()),
        watch.left(rounds - progress.rounds()));
  }

  private Checkpoint validate(Checkpoint state) {
    int round = state.progress().rounds();
    context.setJobDescription("validation after round " + round);
    Stopwatch.Lap lap = watch.pause();
    Validation.Judged current = validation.judge(state.parameters());
    Optional<Validation.Judged> average = trainer.average(state).map(validation::judge);
    Validation.Judged better =
        average.filter(mean -> score(mean).beats(score(current))).orElse(current);
    Tally evaluation = current.tally();
    Progress progress = state.progress();
    Score score = score(better);
    boolean best = progress.isBest(score);
    journal.tell(
        new ValidationMetrics(
            round,
            plan.schedule().epochs(progress),
            evaluation.meanLoss(),
            evaluation.predictions(),
            best,
            Stopwatch.seconds(lap.taken()),
            scores(current, average)));
    if (!Double.isFinite(evaluation.meanLoss())) {
      throw diverged(
          String.format(Locale.ROOT, "the validation loss after round %d is not finite", round));
    }
    if (best) {
      BestModel.write(
          directory,
          plan.lanePlan().architecture(),
          plan.task().vocabularies(),
          better.parameters());
    }
    illustrate(round, better.parameters());
    journal.histograms(
        round,
        "weights",
        Histogram.of(plan.lanePlan().architecture().layout(), state.parameters()));
    journal.histograms(round, "gradients", gradients);
    Progress judged = progress.judged(score);
    boolean plateau =
        plan.lanePlan().learningRate().reducesAfter(judged.validationsWithoutImprovement());
    return state.with(plateau ? judged.reduced() : judged);
  }

  private Score score(Validation.Judged model) {
    return plan.task().score(model.tally());
  }

  private Map<String, Double> scores(
      Validation.Judged current, Optional<Validation.Judged> average) {
    Map<String, Double> scores = new TreeMap<>(plan.task().scores(current.tally()));
    average.ifPresent(mean -> scores.put(ValidationMetrics.AVERAGE_LOSS, mean.tally().meanLoss()));
    return scores;
  }

  private void illustrate(int round, float[] parameters) {
    illustration.after(round, parameters).ifPresent(journal::tell);
  }

  private void save(Checkpoint state) {
    directory.flush();
    directory.checkpoints().write(state, plan.lanePlan().architecture(), identity);
    watch.saved();
    journal.saved();
  }

  private void stopDiverged(Round round, LaneReport report) {
    throw diverged(
        String.format(
            Locale.ROOT,
            "loss or gradient of lane %d are not finite in step %d (round %d)",
            report.lane(),
            report.divergedAt(),
            round.number() + 1));
  }

  private DivergedException diverged(String what) {
    String last =
        directory
            .checkpoints()
            .progress()
            .filter(progress -> progress.rounds() > 0)
            .map(progress -> "the last good checkpoint is that of round " + progress.rounds())
            .orElse("there is no checkpoint yet");
    return new DivergedException(
        "Training diverged: %s; %s. Lower optimizer.learning-rate or %s, or add warm-up, and start a new run"
            .formatted(
                what,
                last,
                configuration.clipping().kind() == ClippingSettings.Kind.NORM
                    ? "clipping.max-norm"
                    : "set clipping.kind norm"));
  }
}
