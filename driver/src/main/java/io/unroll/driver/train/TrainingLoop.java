package io.unroll.driver.train;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.driver.config.AveragingSettings.OptimizerState;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.config.SampleSettings;
import io.unroll.driver.evaluate.Evaluation;
import io.unroll.driver.report.RoundMetrics;
import io.unroll.driver.report.SampleText;
import io.unroll.driver.report.ValidationMetrics;
import io.unroll.driver.run.Checkpoint;
import io.unroll.driver.run.Progress;
import io.unroll.driver.run.RunDirectory;
import io.unroll.driver.run.RunIdentity;
import io.unroll.driver.sample.TextSampler;
import io.unroll.worker.decode.SamplingOptions;
import io.unroll.worker.train.LaneReport;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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
  private final Vocabulary vocabulary;
  private final TextSampler sampler;
  private final RoundJob job;
  private final Stopwatch watch = new Stopwatch();

  TrainingLoop(
      JavaSparkContext context,
      RunDirectory directory,
      RunConfiguration configuration,
      RunIdentity identity,
      TrainingPlan plan,
      Journal journal,
      Validation validation,
      TextSampler sampler) {
    this.context = context;
    this.directory = directory;
    this.configuration = configuration;
    this.identity = identity;
    this.plan = plan;
    this.journal = journal;
    this.validation = validation;
    this.vocabulary = sampler.vocabulary();
    this.sampler = sampler;
    this.job =
        new RoundJob(
            context,
            plan.lanes(),
            plan.lanePlan(),
            configuration.averaging().optimizerState() == OptimizerState.AVERAGE);
  }

  /** Runs from a checkpoint to the end, or until it is told to stop. */
  TrainingOutcome run(Checkpoint start, BooleanSupplier stop) {
    RoundSchedule schedule = plan.schedule();
    Checkpoint state = start;
    if (start.progress().rounds() == 0) {
      sample(0, start.parameters());
    }
    while (true) {
      state = trainRound(schedule.round(state.progress().rounds()), state);
      if (validation.dueAfter(state.progress().rounds(), schedule)) {
        state = validate(state);
        journal.report(configuration, vocabulary);
      }
      directory.check();
      boolean finished = plan.finished(state.progress(), configuration.training().patience());
      boolean stopping = !finished && stop.getAsBoolean();
      if (finished || stopping || watch.sinceSaved().compareTo(saveEvery()) >= 0) {
        save(state);
      }
      if (finished || stopping) {
        return finished ? TrainingOutcome.DONE : TrainingOutcome.INTERRUPTED;
      }
    }
  }

  private Duration saveEvery() {
    return configuration.checkpoint().every();
  }

  private Checkpoint trainRound(Round round, Checkpoint state) {
    int number = round.number() + 1;
    context.setJobDescription("round %d/%d".formatted(number, plan.schedule().rounds()));
    Stopwatch.Lap lap = watch.lap();
    RoundResult result =
        job.run(round, state.parameters(), state.optimizerState(), state.laneStates());
    RoundSummary summary = RoundSummary.of(result.reports(), result.times());
    summary.diverged().ifPresent(report -> stopDiverged(round, report));
    Duration taken = lap.taken();
    Progress before = state.progress();
    Progress progress =
        new Progress(
            number,
            before.tokens() + summary.tokens(),
            before.best(),
            before.validationsWithoutImprovement(),
            before.trainingTime().plus(taken));
    journal.tell(metrics(round, summary, progress, taken));
    if (!(summary.loss() < EXPLOSION * Math.max(1, Math.log(vocabulary.size())))) {
      throw diverged("the loss of round %d is %.2f".formatted(number, summary.loss()));
    }
    return new Checkpoint(
        progress, result.parameters(), result.optimizerState(), result.laneStates());
  }

  private RoundMetrics metrics(
      Round round, RoundSummary summary, Progress progress, Duration taken) {
    double seconds = Stopwatch.seconds(taken);
    RoundSchedule schedule = plan.schedule();
    long steps = round.stretch().end();
    return new RoundMetrics(
        progress.rounds(),
        schedule.rounds(),
        schedule.epochsAfter(progress.rounds()),
        steps,
        progress.tokens(),
        summary.loss(),
        summary.gradientNorm(),
        summary.maxGradientNorm(),
        summary.clippedShare(),
        plan.lanePlan().learningRate().at(steps - 1, schedule.totalSteps()),
        summary.tokens() / seconds,
        seconds,
        summary.computeSeconds(),
        Math.max(0, seconds - summary.busiestCoreSeconds()),
        watch.left(schedule.rounds() - progress.rounds()));
  }

  private Checkpoint validate(Checkpoint state) {
    int round = state.progress().rounds();
    context.setJobDescription("validation after round " + round);
    Stopwatch.Lap lap = watch.pause();
    Evaluation evaluation = validation.evaluate(state.parameters());
    Progress before = state.progress();
    boolean best = before.best().map(earlier -> evaluation.loss() < earlier.loss()).orElse(true);
    journal.tell(
        new ValidationMetrics(
            round,
            plan.schedule().epochsAfter(round),
            evaluation.loss(),
            evaluation.tokens(),
            best,
            Stopwatch.seconds(lap.taken())));
    if (!Double.isFinite(evaluation.loss())) {
      throw diverged("the validation loss after round %d is not finite".formatted(round));
    }
    if (best) {
      BestModel.write(directory, plan.lanePlan().architecture(), vocabulary, state.parameters());
    }
    sample(round, state.parameters());
    return withProgress(state, judged(before, evaluation, best));
  }

  private Progress judged(Progress before, Evaluation evaluation, boolean best) {
    int without = best ? 0 : before.validationsWithoutImprovement() + 1;
    return new Progress(
        before.rounds(),
        before.tokens(),
        best ? Optional.of(new Progress.Best(evaluation.loss(), before.rounds())) : before.best(),
        without,
        before.trainingTime());
  }

  private static Checkpoint withProgress(Checkpoint state, Progress progress) {
    return new Checkpoint(progress, state.parameters(), state.optimizerState(), state.laneStates());
  }

  private void sample(int round, float[] parameters) {
    SampleSettings settings = configuration.sample();
    if (settings.length() == 0) {
      return;
    }
    SamplingOptions options =
        new SamplingOptions(
            settings.temperature(),
            settings.topK(),
            settings.topP(),
            false,
            configuration.training().seed());
    TextSampler.Written written =
        sampler.write(plan.lanePlan().architecture(), parameters, settings.length(), options);
    journal.tell(new SampleText(round, written.prompt(), written.continuation()));
  }

  private void save(Checkpoint state) {
    directory.checkpoints().write(state, plan.lanePlan().architecture(), identity);
    watch.saved();
  }

  private void stopDiverged(Round round, LaneReport report) {
    throw diverged(
        "loss or gradient of lane %d are not finite in step %d (round %d)"
            .formatted(report.lane(), report.divergedAt(), round.number() + 1));
  }

  private DivergedException diverged(String what) {
    String last =
        directory
            .checkpoints()
            .progress()
            .map(progress -> "the last good checkpoint is that of round " + progress.rounds())
            .orElse("there is no checkpoint yet");
    return new DivergedException(
        "Training diverged: %s; %s. Lower optimizer.learning-rate or clipping.max-norm, or add warm-up, and start a new run"
            .formatted(what, last));
  }
}
