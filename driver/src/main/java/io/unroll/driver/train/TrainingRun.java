package io.unroll.driver.train;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Manifest;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.summary.Count;
import io.unroll.driver.config.AveragingSettings;
import io.unroll.driver.config.AveragingSettings.OptimizerState;
import io.unroll.driver.config.ConfigurationException;
import io.unroll.driver.config.DataKind;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.config.SampleSettings;
import io.unroll.driver.model.Task;
import io.unroll.driver.report.MetricsJson;
import io.unroll.driver.report.ProgressLog;
import io.unroll.driver.report.RunListener;
import io.unroll.driver.report.RunStart;
import io.unroll.driver.report.TensorBoardEvents;
import io.unroll.driver.report.TokenUnit;
import io.unroll.driver.round.DivergedException;
import io.unroll.driver.round.OuterStep;
import io.unroll.driver.run.Checkpoint;
import io.unroll.driver.run.HostName;
import io.unroll.driver.run.Progress;
import io.unroll.driver.run.RunDirectory;
import io.unroll.driver.run.RunIdentity;
import io.unroll.driver.run.Storage;
import io.unroll.driver.sample.AnswerIllustration;
import io.unroll.driver.sample.Illustration;
import io.unroll.driver.sample.LabelIllustration;
import io.unroll.driver.sample.TextIllustration;
import io.unroll.driver.sample.TextSampler;
import io.unroll.driver.sample.WritingIllustration;
import io.unroll.driver.track.MlflowRun;
import io.unroll.driver.track.TrainingGauges;
import io.unroll.worker.format.ModelFiles;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.train.LanePlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One training, in one run directory: begins it, or goes on from its newest checkpoint. Runs on the
 * Spark driver.
 */
public final class TrainingRun {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  /** Validation examples that are shown. */
  private static final int SHOWN = 4;

  private final SparkSession spark;
  private final RunDirectory directory;
  private final DatasetDirectory dataset;
  private final RunConfiguration configuration;
  private final Optional<BaseModel> base;
  private final ProgressLog log;
  private final RunControl control;

  private TrainingRun(
      SparkSession spark,
      RunDirectory directory,
      DatasetDirectory dataset,
      Settled settled,
      ProgressLog log,
      RunControl control) {
    this.spark = spark;
    this.directory = directory;
    this.dataset = dataset;
    this.configuration = settled.configuration();
    this.base = settled.base();
    this.log = log;
    this.control = control;
  }

  /**
   * Trains until the last round, or until it is told to stop.
   *
   * @param configuration without a number of lanes: as many as the run began with, or as Spark
   *     trains at a time
   * @param log receives progress and samples
   * @param control asked after each round whether to stop with a checkpoint
   * @throws ConfigurationException also if a setting was given that has no effect on a dataset of
   *     this kind
   * @throws DivergedException if loss or gradient are no longer finite, or the loss explodes
   */
  public static TrainingResult run(
      SparkSession spark, RunConfiguration configuration, ProgressLog log, RunControl control) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    refuseDirectoryOfOthers(configuration, hadoop);
    try (RunDirectory directory =
        RunDirectory.open(configuration.run(), hadoop, configuration.checkpoint().keep())) {
      RunEnd end = new RunEnd(directory, configuration, control);
      try {
        DatasetDirectory dataset = DatasetDirectory.open(configuration.data(), hadoop);
        Settled settled =
            Settled.of(
                spark, configuration.on(DataKind.of(dataset.manifest())), directory, dataset);
        TrainingRun run = new TrainingRun(spark, directory, dataset, settled, log, control);
        return end.tell(run.configuration, run.run());
      } catch (Exception e) { // Spark throws checked exceptions that it does not declare
        end.tell(e);
        throw e;
      }
    }
  }

  private TrainingLoop.End run() {
    Task task = Task.of(dataset);
    TrainingMemory.require(spark.sparkContext(), configuration, task);
    String advice = LaneSlots.advice(spark.sparkContext());
    if (!advice.isEmpty()) {
      LOG.warn(advice);
    }
    Architecture architecture = task.architecture(configuration.model());
    RunIdentity identity = identity();
    // What was not trained yet begins anew from the model that is there now.
    Optional<Checkpoint> found =
        directory
            .checkpoints()
            .read(architecture, identity)
            .filter(stored -> base.isEmpty() || stored.progress().rounds() > 0);
    log.say("Reading %s".formatted(configuration.data()));
    TrainingPlan plan = TrainingPlan.of(spark, dataset, task, configuration);
    try (Validation validation = Validation.of(spark, dataset, architecture, configuration)) {
      return train(identity, plan, validation, found);
    } finally {
      // Waits: Spark prints a stack trace for what it is still removing when it is stopped.
      plan.lanes().unpersist(true);
    }
  }

  private Illustration illustration(Architecture architecture, Task task, Validation validation) {
    if (architecture instanceof LabelerArchitecture labeler) {
      return new LabelIllustration(labeler, task.vocabularies(), validation.examples(SHOWN));
    }
    if (architecture instanceof EncoderDecoderArchitecture writer) {
      return new WritingIllustration(writer, task.vocabularies(), validation.examples(SHOWN));
    }
    if (task.answers()) {
      return new AnswerIllustration(
          (LanguageArchitecture) architecture,
          task.vocabularies().tokens(),
          validation.segments(SHOWN));
    }
    return new TextIllustration(
        sampler(task.vocabularies().tokens()),
        (LanguageArchitecture) architecture,
        configuration.sample(),
        configuration.training().seed());
  }

  /**
   * A prompt out of a shared configuration must not keep a training on other text from going on.
   */
  private TextSampler sampler(Vocabulary vocabulary) {
    try {
      return new TextSampler(vocabulary, configuration.sample().prompt());
    } catch (DataException e) {
      if (configuration.sample().length() > 0) {
        LOG.warn(
            "Samples are written without {}: {}. Give one that the dataset's vocabulary has, or an"
                + " empty one, in the file of --config or by --{}",
            SampleSettings.PROMPT.key(),
            e.getCause().getMessage(),
            SampleSettings.PROMPT.key());
      }
      return new TextSampler(vocabulary, "");
    }
  }

  /** A run would mix its files with others. */
  private static void refuseDirectoryOfOthers(
      RunConfiguration configuration, Configuration hadoop) {
    Map<String, String> others =
        Map.of(
            Manifest.FILE, "dataset",
            ModelFiles.DESCRIPTION, "model",
            RunDirectory.CHECKPOINT, "checkpoint");
    try (Storage storage = Storage.open(configuration.run(), hadoop)) {
      others.forEach(
          (file, other) -> {
            if (storage.exists(file)) {
              throw new ConfigurationException(
                  List.of(
                      "Invalid run: %s (expected a directory of its own, but a %s is there)"
                          .formatted(configuration.run(), other)));
            }
          });
    }
  }

  private TrainingLoop.End train(
      RunIdentity identity, TrainingPlan plan, Validation validation, Optional<Checkpoint> found) {
    Checkpoint start = found.orElseGet(() -> beginning(plan));
    Architecture architecture = plan.lanePlan().architecture();
    Illustration illustration = illustration(architecture, plan.task(), validation);
    TokenUnit unit = plan.task().unit();
    int done = start.progress().rounds();
    if (plan.finished(start.progress(), configuration.training())) {
      sayNothingIsLeft(done);
      return new TrainingLoop.End(TrainingOutcome.ALREADY_DONE, start.progress());
    }
    directory.begin(configuration.toYaml(), MetricsJson::oddity);
    if (found.isEmpty()) { // before anything is told: a run with metrics has a checkpoint
      directory.checkpoints().write(start, architecture, identity);
    }
    int rounds = plan.schedule().rounds(start.progress());
    try (Journal journal = new Journal(directory, log, unit, rounds, listeners(unit, done))) {
      journal.say(Journal.opening(configuration, plan, start));
      base.ifPresent(model -> journal.say(model.line()));
      if (done > 0) {
        journal.say(
            String.format(Locale.ROOT, "Going on from round %d in %s", done, directory.uri()));
      }
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      context.setJobGroup(directory.uri(), "train");
      journal.tell(start(context, done));
      TrainingLoop.End end =
          new TrainingLoop(
                  context,
                  directory,
                  configuration,
                  identity,
                  plan,
                  journal,
                  validation,
                  illustration)
              .run(start, control);
      journal.ended(
          end.outcome() == TrainingOutcome.INTERRUPTED
              ? RunListener.End.INTERRUPTED
              : RunListener.End.DONE);
      return end;
    }
  }

  /**
   * Who is told beside the person watching.
   *
   * @param done rounds
   */
  private List<RunListener> listeners(TokenUnit unit, int done) {
    List<RunListener> listeners = new ArrayList<>();
    try {
      Clock clock = Clock.systemUTC();
      listeners.add(TensorBoardEvents.open(directory::eventFile, clock, unit, done + 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    listeners.add(new TrainingGauges(unit));
    Map<String, String> environment = System.getenv();
    var run =
        new MlflowRun.Description(
            environment.getOrDefault("MLFLOW_EXPERIMENT_NAME", "Default"),
            directory.uri(),
            done > 0,
            configuration.settings(),
            Map.of(
                "unroll.version", ProgramVersion.text(),
                "unroll.data", dataset.uri(),
                "unroll.data.fingerprint", dataset.manifest().contentFingerprint(),
                "mlflow.source.name", "unroll train",
                "mlflow.user", System.getProperty("user.name", "")));
    MlflowRun.of(environment, run, unit).ifPresent(listeners::add);
    return listeners;
  }

  private void sayNothingIsLeft(int done) {
    log.say(
        "Nothing left to do in %s: %s done".formatted(directory.uri(), Count.of(done, "round")));
    if (!directory.hasBest()) {
      log.say(
          "It has no best model. To make a model of its last checkpoint, type: export --format unroll --checkpoint %s --output %s/%s"
              .formatted(directory.uri(), directory.uri(), RunDirectory.BEST));
    }
  }

  private static RunStart start(JavaSparkContext context, int rounds) {
    return new RunStart(
        rounds,
        ProgramVersion.text(),
        HostName.here(),
        context.master(),
        context.defaultParallelism(),
        System.getProperty("java.version"),
        context.version());
  }

  private Checkpoint beginning(TrainingPlan plan) {
    LanePlan lanePlan = plan.lanePlan();
    AveragingSettings averaging = configuration.averaging();
    float[] parameters =
        base.map(model -> model.parameters(lanePlan.architecture(), lanePlan.seed()))
            .orElseGet(() -> lanePlan.architecture().layout().initialParameters(lanePlan.seed()));
    int slots =
        averaging.optimizerState() == OptimizerState.AVERAGE ? lanePlan.optimizer().slots() : 0;
    int state = lanePlan.architecture().stateSize() * lanePlan.batch();
    return new Checkpoint(
        Progress.none(),
        parameters,
        new float[slots * parameters.length],
        new float[OuterStep.of(averaging).stateSize(parameters.length)],
        Stream.generate(() -> new float[state]).limit(plan.sizes().size()).toList(),
        List.of());
  }

  private RunIdentity identity() {
    return new RunIdentity(dataset.manifest().contentFingerprint(), configuration.settings());
  }
}
