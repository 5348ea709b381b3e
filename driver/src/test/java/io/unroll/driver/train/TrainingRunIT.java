package io.unroll.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Split;
import io.unroll.driver.config.ConfigurationException;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.report.ProgressLog;
import io.unroll.driver.report.RoundMetrics;
import io.unroll.driver.report.RunStart;
import io.unroll.driver.report.ValidationMetrics;
import io.unroll.driver.round.DivergedException;
import io.unroll.worker.data.StreamWindows;
import io.unroll.worker.format.ModelFiles;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.train.LanePlan;
import io.unroll.worker.train.LaneTrainer;
import io.unroll.worker.train.Objective;
import io.unroll.worker.train.Stretch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Whole runs on embedded Spark: exact, resumable, and learning. */
class TrainingRunIT extends RunsOnSpark {
  @Test
  void givesTheSameBytesOnOneCoreAndOnTwo() throws IOException {
    assertEquals(
        TrainingOutcome.DONE,
        train("local[1]", configuration("one-core", Map.of()), RunsOnSpark::never));
    assertEquals(
        TrainingOutcome.DONE,
        train("local[2]", configuration("two-cores", Map.of()), RunsOnSpark::never));
    assertArrayEquals(parameters("one-core"), parameters("two-cores"));
  }

  @Test
  void givesTheSameBytesInWorkspacesThatOtherLanesAndPlansHadUsed() throws IOException {
    Map<String, String> plan = Map.of("training.seed", "77");
    Map<String, String> otherPlan = Map.of("training.seed", "77", "model.hidden", "16");
    train("local[2]", configuration("new", plan), RunsOnSpark::never);
    train("local[2]", configuration("used", plan), RunsOnSpark::never);
    train("local[2]", configuration("other", otherPlan), RunsOnSpark::never);
    train("local[2]", configuration("again", plan), RunsOnSpark::never);
    assertArrayEquals(parameters("new"), parameters("used"));
    assertArrayEquals(parameters("new"), parameters("again"));
  }

  @Test
  void interruptedAndResumedEqualsNeverInterrupted() throws IOException {
    train("local[2]", configuration("whole", Map.of()), RunsOnSpark::never);
    AtomicInteger asked = new AtomicInteger();
    Path again = preparedAgainInOtherBytes();
    BooleanSupplier afterThree = () -> asked.incrementAndGet() % 3 == 0;
    RunConfiguration broken = configuration("broken", Map.of());
    RunConfiguration elsewhere = configuration("broken", Map.of("data", again.toString()));
    Path metrics = folder.resolve("broken/metrics.jsonl");
    int starts = 1;
    while (train("local[2]", starts == 2 ? elsewhere : broken, afterThree)
        == TrainingOutcome.INTERRUPTED) {
      starts++;
      Files.writeString(metrics, "{\"round\":1,\"mood\":3}\n", StandardOpenOption.APPEND);
    }
    assertTrue(Files.exists(metrics.resolveSibling("metrics.odd.jsonl")));
    assertTrue(starts > 2, starts + " starts");
    assertArrayEquals(parameters("whole"), parameters("broken"));
    List<Integer> rounds = new ArrayList<>();
    only(RoundMetrics.class, events("broken")).forEach(event -> rounds.add(event.round()));
    List<Integer> expected = new ArrayList<>();
    only(RoundMetrics.class, events("whole")).forEach(event -> expected.add(event.round()));
    assertEquals(expected, rounds);
    List<RunStart> told = only(RunStart.class, events("broken"));
    assertEquals(starts, told.size());
    assertEquals(List.of(0, 3), List.of(told.get(0).round(), told.get(1).round()));
    assertEquals("local[2] 2", told.get(0).master() + " " + told.get(0).cores());
    assertEquals(TrainingOutcome.ALREADY_DONE, train("local[2]", broken, RunsOnSpark::never));
  }

  /** As another process may write the same rows: Parquet's bytes are no promise. */
  private static Path preparedAgainInOtherBytes() {
    Path again = folder.resolve("dataset-again");
    return onSpark(
        "local[2]",
        spark -> {
          var settings = spark.sparkContext().hadoopConfiguration();
          settings.setBoolean("parquet.enable.dictionary", false);
          var manifest = prepare(spark, corpus, again).manifest();
          settings.unset("parquet.enable.dictionary");
          var first = DatasetDirectory.open(data.toString(), settings).manifest();
          assertNotEquals(
              first.content(Split.TRAIN).files().get(0).sha256(),
              manifest.content(Split.TRAIN).files().get(0).sha256());
          return again;
        });
  }

  @Test
  void saysThatItsDatasetWasReplacedAndGoesOnWhenItIsBack() throws IOException {
    Path replaced = folder.resolve("dataset-replaced");
    Path other = Files.writeString(folder.resolve("other.txt"), "some other text ".repeat(400));
    onSpark("local[2]", spark -> prepare(spark, corpus, replaced));
    RunConfiguration configuration =
        configuration(
            "replaced",
            Map.of("data", replaced.toString(), "checkpoint.every", "1h", "validation.every", "1"));
    AtomicInteger rounds = new AtomicInteger();
    BooleanSupplier replacing =
        () -> {
          if (rounds.incrementAndGet() == 2) {
            onSpark("local[2]", spark -> prepare(spark, other, replaced));
          }
          return false;
        };
    String message =
        assertThrows(DataException.class, () -> train("local[2]", configuration, replacing))
            .getMessage();
    assertTrue(message.contains("another dataset was put in its place while it was read"), message);
    assertTrue(message.contains("The run is saved after round 2 and goes on"), message);
    onSpark("local[2]", spark -> prepare(spark, corpus, replaced));
    BooleanSupplier preparingAgain =
        () -> {
          if (rounds.incrementAndGet() == 4) {
            onSpark("local[2]", spark -> prepare(spark, corpus, replaced));
          }
          return rounds.get() == 5;
        };
    assertEquals(TrainingOutcome.INTERRUPTED, train("local[2]", configuration, preparingAgain));
    assertEquals(
        List.of(1, 2, 3, 4, 5),
        only(RoundMetrics.class, events("replaced")).stream().map(RoundMetrics::round).toList());
  }

  @Test
  void oneLaneEqualsAPlainLoopBitForBit() throws IOException {
    RunConfiguration configuration =
        configuration("one-lane", Map.of("averaging.lanes", "1", "averaging.interval", "7"));
    train("local[2]", configuration, RunsOnSpark::never);
    float[] looped = onSpark("local[2]", spark -> plainLoop(spark, configuration));
    Path checkpoint = folder.resolve("plain-loop.safetensors");
    try (var out = Files.newOutputStream(checkpoint)) {
      ModelFiles.writeParameters(out, architecture(configuration), looped);
    }
    assertArrayEquals(Files.readAllBytes(checkpoint), parameters("one-lane"));
  }

  private static LanguageArchitecture architecture(RunConfiguration configuration) {
    return configuration
        .model()
        .architecture(
            DatasetDirectory.open(data.toString(), new org.apache.hadoop.conf.Configuration())
                .vocabulary()
                .size());
  }

  private static float[] plainLoop(SparkSession spark, RunConfiguration configuration) {
    DatasetDirectory dataset =
        DatasetDirectory.open(data.toString(), new org.apache.hadoop.conf.Configuration());
    int[] tokens = tokens(dataset.rows(spark, Split.TRAIN).sort("block").collectAsList());
    StreamWindows windows = new StreamWindows(tokens, 4, 16);
    LanguageArchitecture architecture = architecture(configuration);
    int steps = windows.steps(0);
    LanePlan plan =
        new LanePlan(
            architecture,
            Objective.PLAIN,
            configuration.optimizer().rule(),
            configuration.optimizer().rate(steps),
            configuration.clipping().clipping(),
            4,
            16,
            configuration.training().stateReset(),
            configuration.training().seed(),
            2L * steps);
    float[] parameters = LanguageModel.layout(architecture).initialParameters(plan.seed());
    float[] optimizerState = new float[plan.optimizer().slots() * parameters.length];
    float[] recurrentState = new float[architecture.stateSize() * 4];
    LaneTrainer trainer = new LaneTrainer(plan, Cores.one(KernelChoice.fastest()));
    for (int epoch = 0; epoch < 2; epoch++) {
      long offset = (long) epoch * steps;
      Stretch whole = new Stretch(epoch, 0, steps, offset, offset);
      trainer.run(0, windows, whole, parameters, optimizerState, recurrentState);
    }
    return parameters;
  }

  private static int[] tokens(List<Row> rows) {
    return rows.stream()
        .flatMap(row -> row.<Integer>getList(1).stream())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static String printed(RunConfiguration configuration) {
    StringWriter printed = new StringWriter();
    onSpark(
        "local[2]",
        spark ->
            TrainingRun.run(
                spark,
                configuration,
                new ProgressLog(new PrintWriter(printed), Clock.systemUTC(), 1),
                RunsOnSpark::never));
    return printed.toString();
  }

  @Test
  void aFinishedRunStaysAsItIsWhereFewerRoundsAreAllowed() throws IOException {
    String first =
        printed(
            configuration("limited", Map.of("training.max-rounds", "4", "training.batch", "2")));
    assertTrue(first.contains("20 steps per lane, averaged in 4 rounds ("), first);
    assertTrue(first.contains("training.max-rounds ends it before the 94 steps of all"), first);
    Path config = folder.resolve("limited/config.yaml");
    byte[] before = Files.readAllBytes(config);
    String second =
        printed(
            configuration("limited", Map.of("training.max-rounds", "2", "training.batch", "2")));
    assertTrue(second.contains("Nothing left to do in "), second);
    assertTrue(second.contains(": 4 rounds done"), second);
    assertArrayEquals(before, Files.readAllBytes(config));
  }

  @Test
  void usesEveryPredictionOncePerEpochAndCountsThoseLeftOut() throws IOException {
    String printed = printed(configuration("counted", Map.of()));
    List<RoundMetrics> rounds = only(RoundMetrics.class, events("counted"));
    long tokens = rounds.get(rounds.size() - 1).tokens();
    int skipped = 0;
    for (int lane = 0; lane < 3; lane++) {
      int predictions = (lane + 1) * PREDICTIONS / 3 - lane * PREDICTIONS / 3;
      skipped += predictions % 4;
    }
    assertEquals(2L * (PREDICTIONS - skipped), tokens);
    assertTrue(printed.contains(skipped + " left out"), printed);
  }

  @Test
  void learns() throws IOException {
    train(
        "local[2]", configuration("learning", Map.of("training.epochs", "8")), RunsOnSpark::never);
    List<ValidationMetrics> validations = only(ValidationMetrics.class, events("learning"));
    double first = validations.get(0).loss();
    double last = validations.get(validations.size() - 1).loss();
    assertTrue(last < first - 0.5, first + " then " + last);
    assertTrue(Files.exists(folder.resolve("learning/best/model.json")));
    assertTrue(Files.exists(folder.resolve("learning/samples")));
  }

  @Test
  void stopsWhenTheLossExplodesAndNamesTheLastCheckpoint() {
    String message = divergence("wild", "1e6", 5);
    assertTrue(message.matches("(?s)Training diverged: .*checkpoint.*learning-rate.*"), message);
    assertTrue(message.contains(" or set clipping.kind norm, or add warm-up"), message);
  }

  @Test
  void stopsWhenAllLanesDivergeInTheFirstStepOfARound() {
    String message = divergence("wilder", "1e38", 1);
    assertTrue(
        message.startsWith(
            "Training diverged: loss or gradient of lane 0 are not finite in step 1 (round 2);"
                + " the last good checkpoint is that of round 1"),
        message);
  }

  private static String divergence(String run, String learningRate, int interval) {
    RunConfiguration wild =
        configuration(
            run,
            Map.of(
                "optimizer.kind",
                "sgd",
                "optimizer.learning-rate",
                learningRate,
                "clipping.kind",
                "none",
                "averaging.interval",
                Integer.toString(interval)));
    return assertThrows(DivergedException.class, () -> train("local[2]", wild, RunsOnSpark::never))
        .getMessage();
  }

  @Test
  void endsWhenPatienceIsAtItsEnd() throws IOException {
    RunConfiguration still =
        configuration(
            "still",
            Map.of(
                "optimizer.kind", "sgd",
                "optimizer.learning-rate", "1e-30",
                "training.epochs", "9",
                "training.patience", "2"));
    assertEquals(TrainingOutcome.DONE, train("local[2]", still, RunsOnSpark::never));
    assertEquals(3, only(ValidationMetrics.class, events("still")).size());
    assertEquals(TrainingOutcome.ALREADY_DONE, train("local[2]", still, RunsOnSpark::never));
  }

  @Test
  void trainsWithTheOptimizerStateReset() throws IOException {
    RunConfiguration reset =
        configuration(
            "reset", Map.of("averaging.optimizer-state", "reset", "training.epochs", "8"));
    train("local[2]", reset, RunsOnSpark::never);
    List<ValidationMetrics> validations = only(ValidationMetrics.class, events("reset"));
    assertTrue(
        validations.get(validations.size() - 1).loss() < validations.get(0).loss() - 0.3,
        validations.toString());
  }

  @Test
  void trainsOnCaptionsToTheSameBytesOnAnyCoresAndInAnyNumberOfStarts() throws IOException {
    Path captions = prepareCaptions();
    // Seven captions in the training split: of nine lanes, two have none.
    Map<String, String> settings =
        Map.of(
            "data", captions.toString(),
            "averaging.lanes", "9",
            "averaging.interval", "1",
            "training.epochs", "3");
    train("local[2]", configuration("captions-whole", settings), RunsOnSpark::never);
    AtomicInteger asked = new AtomicInteger();
    BooleanSupplier now = () -> asked.incrementAndGet() % 2 == 0;
    while (train("local[1]", configuration("captions-parts", settings), now)
        == TrainingOutcome.INTERRUPTED) {
      assertTrue(asked.get() < 100);
    }
    assertArrayEquals(parameters("captions-whole"), parameters("captions-parts"));
    List<RoundMetrics> rounds = only(RoundMetrics.class, events("captions-whole"));
    // "a dog runs in park N ." without punctuation: six words, so seven predictions.
    assertEquals(3 * 7 * 7, rounds.get(rounds.size() - 1).tokens());
    refusesStateResets(captions);
  }

  /** Before it writes anything but that. */
  private static void refusesStateResets(Path captions) throws IOException {
    RunConfiguration reset =
        configuration(
            "captions-reset", Map.of("data", captions.toString(), "training.state-reset", "0.02"));
    ConfigurationException refusal =
        assertThrows(
            ConfigurationException.class, () -> train("local[2]", reset, RunsOnSpark::never));
    assertEquals(
        "Setting without effect: training.state-reset (it applies only on datasets of kind stream,"
            + " but this one is of kind captions). Remove it",
        refusal.getMessage());
    try (Stream<Path> left = Files.list(folder.resolve("captions-reset"))) {
      assertEquals(
          List.of("outcome.json"), left.map(file -> file.getFileName().toString()).toList());
    }
  }

  @Test
  void takesTheLanesOfTheRunThatIsThere() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Map<String, String> unset = Map.of("averaging.lanes", "auto");
    train("local[2]", configuration("kept", unset), () -> asked.incrementAndGet() == 1);
    train("local[1]", configuration("kept", unset), RunsOnSpark::never);
    String yaml = Files.readString(folder.resolve("kept/config.yaml"), StandardCharsets.UTF_8);
    assertTrue(yaml.contains("lanes: 2"), yaml);
  }
}
