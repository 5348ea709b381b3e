package io.unroll.driver.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The launcher submits to a YARN: the same bytes as here, and the same exit codes and messages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class YarnRunIT {
  /** Where the driver is. */
  enum Mode {
    CLIENT,
    CLUSTER
  }

  private Path folder;
  private YarnServer server;
  private Path spark;
  private YarnClient yarn;
  private byte[] expected;

  @BeforeAll
  void trainHere(@TempDir Path directory) throws Exception {
    folder = directory;
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < 300; line++) {
      text.append(line).append(" green bottles hanging on the wall\n");
    }
    Files.writeString(folder.resolve("corpus.txt"), text);
    Program.start(folder, Map.of(), prep("dataset")).await(0);
    Program.start(folder, Map.of(), train("dataset", "here")).await(0);
    expected = parameters("here");
    server = new YarnServer(Files.createDirectory(folder.resolve("yarn")));
    server.launch();
    spark =
        SparkHome.make(
            List.of(
                "spark.master yarn",
                "spark.yarn.jars local:" + SparkHome.FOLDER + "/jars/*",
                "spark.yarn.stagingDir " + folder.resolve("staging").toUri(),
                "spark.yarn.maxAppAttempts 1",
                "spark.yarn.submit.file.replication 1",
                "spark.yarn.am.memory 512m",
                "spark.executor.instances 1",
                "spark.executor.cores 2",
                "spark.executor.memory 600m",
                "spark.ui.enabled false",
                "spark.driver.extraJavaOptions " + QUICKLY,
                "spark.executor.extraJavaOptions " + QUICKLY));
    Configuration settings = new YarnConfiguration();
    settings.addResource(server.configuration().resolve("yarn-site.xml").toUri().toURL());
    yarn = YarnClient.createYarnClient();
    yarn.init(settings);
    yarn.start();
  }

  /** They end soon: the time goes into starting, not into arithmetic. */
  private static final String QUICKLY =
      "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dunroll.kernels=plain";

  @AfterAll
  void stop() {
    if (yarn != null) {
      yarn.stop();
    }
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void preparesAndTrainsToTheSameBytes(Mode mode) throws Exception {
    submit(mode, prep("dataset-" + mode)).await(0);
    assertEnded(mode, 0, "");
    submit(mode, train("dataset-" + mode, "run-" + mode)).await(0);
    assertEnded(mode, 0, "");
    assertArrayEquals(expected, parameters("run-" + mode));
  }

  @ParameterizedTest
  @EnumSource
  void aPlaceThatCannotBeUsedIsExitCode1(Mode mode) throws Exception {
    assertFails(mode, 1, "Cannot ", train("dataset", "corpus.txt"));
  }

  @ParameterizedTest
  @EnumSource
  void aSettingThatIsWrongIsExitCode2(Mode mode) throws Exception {
    List<String> wrong = train("dataset", "wrong");
    wrong.add("--model.hidden=0");
    assertFails(mode, 2, "Invalid model.hidden: 0", wrong);
  }

  @ParameterizedTest
  @EnumSource
  void aDatasetThatIsDamagedIsExitCode3(Mode mode) throws Exception {
    Program.start(folder, Map.of(), prep("damaged-" + mode)).await(0);
    try (Stream<Path> parts = Files.list(folder.resolve("damaged-" + mode + "/split=train"))) {
      Path part = parts.filter(file -> file.toString().endsWith(".parquet")).findFirst().get();
      try (RandomAccessFile bytes = new RandomAccessFile(part.toFile(), "rw")) {
        bytes.setLength(bytes.length() - 1);
      }
    }
    assertFails(
        mode, 3, "it was changed or damaged", train("damaged-" + mode, "of-damaged-" + mode));
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptedRunIsExitCode75AndGoesOn(Mode mode) throws Exception {
    String run = "interrupted-" + mode;
    try (Program program = submit(mode, train("dataset", run))) {
      Processes.await(
          "a round", RunOnStoreContract.LIMIT, () -> rounds(run) > 0 || !program.running());
      if (mode == Mode.CLIENT) {
        program.signal("TERM");
      } else {
        server.container("ApplicationMaster", run).destroy();
      }
      String output = program.await(mode == Mode.CLIENT ? 75 : 1);
      assertTrue(output.contains("Interrupted with a checkpoint"), output);
    }
    assertEnded(mode, 75, "Interrupted with a checkpoint");
    submit(mode, train("dataset", run)).await(0);
    assertArrayEquals(expected, parameters(run));
  }

  private void assertFails(Mode mode, int code, String message, List<String> arguments)
      throws Exception {
    // spark-submit itself ends with 1 whatever the driver in the cluster said.
    String output = submit(mode, arguments).await(mode == Mode.CLIENT ? code : 1);
    assertTrue(output.contains(message), output);
    assertEnded(mode, code, message);
  }

  /** What YARN tells of the newest application; in client mode the process has told already. */
  private void assertEnded(Mode mode, int code, String message) throws Exception {
    if (mode == Mode.CLUSTER) {
      ApplicationReport report =
          yarn.getApplications().stream()
              .max((a, b) -> a.getApplicationId().compareTo(b.getApplicationId()))
              .orElseThrow();
      String told = report.getDiagnostics();
      assertEquals(
          code == 0 ? FinalApplicationStatus.SUCCEEDED : FinalApplicationStatus.FAILED,
          report.getFinalApplicationStatus(),
          told);
      assertTrue(code == 0 || told.contains("Unroll ended with exit code " + code), told);
      assertTrue(told.contains(message), told);
    }
  }

  private Program submit(Mode mode, List<String> arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of(SparkHome.launcher().toString()));
    words.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(words);
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME", spark.toString(),
                "HADOOP_CONF_DIR", server.configuration().toString(),
                "JAVA_HOME", System.getProperty("java.home"),
                "UNROLL_MEMORY", "600m",
                "UNROLL_SUBMIT_OPTIONS", "--deploy-mode " + mode.name().toLowerCase(Locale.ROOT)));
    return Program.start(folder, builder);
  }

  private int rounds(String run) throws IOException {
    try (StoredRun stored = new StoredRun(uri(run), new Configuration())) {
      return stored.exists("metrics.jsonl") ? stored.rounds().size() : 0;
    }
  }

  private byte[] parameters(String run) throws IOException {
    try (StoredRun stored = new StoredRun(uri(run), new Configuration())) {
      return stored.parameters();
    }
  }

  private String uri(String name) {
    return folder.resolve(name).toUri().toString();
  }

  private List<String> prep(String output) {
    return List.of(
        "prep",
        "--kind=text",
        "--tokenizer=char",
        "--input=" + uri("corpus.txt"),
        "--output=" + uri(output));
  }

  private List<String> train(String data, String run) {
    return new ArrayList<>(
        List.of(
            "train",
            "--data=" + uri(data),
            "--run=" + uri(run),
            "--model.hidden=24",
            "--model.embedding=16",
            "--training.batch=4",
            "--training.window=32",
            "--training.epochs=2",
            "--averaging.lanes=3",
            "--averaging.interval=4",
            "--checkpoint.every=0s",
            "--sample.length=10"));
  }
}
