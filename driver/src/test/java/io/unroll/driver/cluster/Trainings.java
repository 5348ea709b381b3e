package io.unroll.driver.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.CommandProcess;
import io.unroll.driver.process.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What the tests on the cluster share, given to their constructors: a cluster of two workers of one
 * core, a small dataset, and what an undisturbed run in one process makes of it. Rounds take a
 * second or so: long enough to be hit in the middle.
 */
final class Trainings implements AutoCloseable {
  /** Rounds of a whole run. */
  static final int ROUNDS = 8;

  static final String LAUNCHER = SparkCluster.ROOT.resolve("deploy/unroll").toString();

  /** Most of the time goes into starting; the driver does no arithmetic here. */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  /** Milliseconds after which the tasks of a round have begun, and not ended. */
  private static final int IN_THE_MIDDLE = 150;

  /** Seconds in which an executor that has registered gets a lane, on a machine that is busy. */
  private static final int LONGEST_START = 5;

  private final Path folder;
  private final SparkCluster cluster;
  private final byte[] undisturbed;

  private Trainings() throws IOException, InterruptedException {
    folder = Files.createTempDirectory("unroll-cluster");
    Files.createDirectory(folder.resolve("driver"));
    prepare(dataset());
    RunFolder run = run("undisturbed");
    trainHere(run, "local[2]").await(0);
    undisturbed = run.parameters();
    cluster = SparkCluster.start(folder.resolve("cluster"), 2, 1);
  }

  /** Gives the one instance to the constructors of test classes. */
  static final class Resolver implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Trainings.class;
    }

    @Override
    public Trainings resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .computeIfAbsent(Trainings.class, key -> begin(), Trainings.class);
    }

    private static Trainings begin() {
      try {
        return new Trainings();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException("Cannot start the cluster", e);
      }
    }
  }

  SparkCluster cluster() {
    return cluster;
  }

  /** The final parameters of a run that nothing disturbed. */
  byte[] undisturbed() {
    return undisturbed.clone();
  }

  Path folder() {
    return folder;
  }

  Path dataset() {
    return folder.resolve("dataset");
  }

  /** Writes the dataset somewhere; always the same one. */
  void prepare(Path dataset) throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < 2400; line++) {
      text.append(line).append(" green bottles hanging on the wall\n");
    }
    Path corpus = Files.writeString(folder.resolve("corpus.txt"), text);
    List<String> prep = new ArrayList<>(List.of(LAUNCHER, "prep", "--master=local[1]"));
    prep.addAll(List.of("--kind=text", "--tokenizer=char", "--fractions=0.95,0.05"));
    prep.addAll(List.of("--input=" + corpus, "--output=" + dataset));
    submitHere(run("prep"), prep).await(0);
  }

  RunFolder run(String name) {
    return new RunFolder(folder.resolve(name));
  }

  /** Starts, or goes on with, a run on the shared cluster. */
  CommandProcess train(RunFolder run) throws IOException {
    return train(run, Map.of());
  }

  /**
   * Starts, or goes on with, a run on the shared cluster.
   *
   * @param conf properties of Spark
   * @param more settings, later than those that all runs have
   */
  CommandProcess train(RunFolder run, Map<String, String> conf, String... more) throws IOException {
    return train(cluster, run, conf, more);
  }

  CommandProcess train(SparkCluster on, RunFolder run, Map<String, String> conf, String... more)
      throws IOException {
    return submit(run, environment(on, run, conf), command(run, more));
  }

  /** Waits until the lanes of a round are being trained. */
  void awaitMiddleOf(int round, CommandProcess train, RunFolder run) throws InterruptedException {
    awaitMiddleOf(round, 1, train, run);
  }

  /** Waits the longer the more attempts came too early: machines differ in their speed. */
  void awaitMiddleOf(int round, int attempt, CommandProcess train, RunFolder run)
      throws InterruptedException {
    train.until(
        () ->
            SparkEvents.begun(
                events(run), String.format(Locale.ROOT, "round %d/%d", round, ROUNDS)));
    TimeUnit.MILLISECONDS.sleep((long) IN_THE_MIDDLE * attempt);
  }

  /**
   * A run that ended in a round is saved as of the round before: round 3 was hit, or on a fast
   * machine one of those that follow.
   */
  void assertSavedInTheMiddle(RunFolder run) {
    int rounds = run.rounds();
    assertTrue(rounds >= 2 && rounds < ROUNDS, () -> "ended after round " + rounds);
    assertEquals(
        String.format(Locale.ROOT, "round-%06d", rounds),
        run.newestCheckpoint().getFileName().toString());
  }

  /**
   * Kills all executors, and returns when another is there, and perhaps has a lane: Spark gives it
   * one when it has loaded its classes, and tells nobody.
   *
   * @param attempt from 0; later ones wait longer
   */
  void killExecutors(int attempt, CommandProcess train, RunFolder run)
      throws IOException, InterruptedException {
    long before = SparkEvents.in(events(run)).executorsAdded();
    cluster.executors().forEach(ProcessHandle::destroyForcibly);
    while (train.running() && SparkEvents.in(events(run)).executorsAdded() == before) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    TimeUnit.SECONDS.sleep(1 + attempt % LONGEST_START);
  }

  /** Starts, or goes on with, a run in one process, without the cluster. */
  CommandProcess trainHere(RunFolder run, String master) throws IOException {
    return submitHere(run, command(run, "--master=" + master));
  }

  /** Starts a command in one process, without the cluster. */
  CommandProcess submitHere(RunFolder run, List<String> words) throws IOException {
    return submit(run, Map.of("SPARK_HOME", ""), words);
  }

  /** Starts a command on the shared cluster. */
  CommandProcess submit(RunFolder run, List<String> words) throws IOException {
    return submit(run, environment(cluster, run, Map.of()), words);
  }

  /** Where Spark notes what happens to a run. */
  Path events(RunFolder run) {
    return folder.resolve(run.path().getFileName() + "-events");
  }

  /** The variables with which the launcher submits to a cluster. */
  Map<String, String> environment(SparkCluster on, RunFolder run, Map<String, String> conf)
      throws IOException {
    Map<String, String> all = new HashMap<>(conf);
    all.put("spark.eventLog.enabled", "true");
    // Not Spark 4's default of many packed files.
    all.put("spark.eventLog.rolling.enabled", "false");
    all.put("spark.eventLog.compress", "false");
    all.put("spark.eventLog.dir", Files.createDirectories(events(run)).toUri().toString());
    all.putIfAbsent("spark.executor.memory", "512m");
    all.putIfAbsent("spark.ui.enabled", "false");
    all.put("spark.sql.codegen.wholeStage", "false");
    StringBuilder options = new StringBuilder();
    all.forEach((key, value) -> options.append("--conf %s=%s ".formatted(key, value)));
    Map<String, String> environment = new HashMap<>();
    environment.put("SPARK_HOME", on.home().toString());
    environment.put("UNROLL_SUBMIT_OPTIONS", options.toString());
    environment.put("UNROLL_JAVA_OPTIONS", QUICK_START);
    return environment;
  }

  /** The words of a training command. */
  List<String> command(RunFolder run, String... more) {
    List<String> words = new ArrayList<>(List.of(LAUNCHER, "train"));
    words.addAll(List.of("--data=" + dataset(), "--run=" + run.path()));
    words.addAll(List.of("--model.layers=1", "--model.hidden=96", "--model.embedding=16"));
    words.addAll(List.of("--training.batch=8", "--training.window=32", "--training.epochs=4"));
    words.addAll(List.of("--training.max-rounds=" + ROUNDS));
    words.addAll(List.of("--averaging.lanes=3", "--averaging.interval=60"));
    words.addAll(List.of("--checkpoint.every=0s", "--sample.length=0"));
    words.addAll(List.of(more));
    return words;
  }

  private CommandProcess submit(RunFolder run, Map<String, String> variables, List<String> words)
      throws IOException {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("UNROLL_MEMORY", "512m");
    environment.put("SPARK_LOCAL_DIRS", folder.resolve("driver").toString());
    Path log =
        folder.resolve(
            run.path().getFileName() + String.format(Locale.ROOT, "-%d.log", System.nanoTime()));
    return CommandProcess.start(log, environment, words);
  }

  @Override
  public void close() throws IOException {
    cluster.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
