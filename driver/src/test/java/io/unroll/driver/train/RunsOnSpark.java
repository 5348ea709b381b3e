package io.unroll.driver.train;

import io.unroll.dataprep.coco.CocoOptions;
import io.unroll.dataprep.coco.CocoPreparation;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.text.TextOptions;
import io.unroll.dataprep.text.TextPreparation;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.report.MetricsJson;
import io.unroll.driver.report.MetricsLine;
import io.unroll.driver.report.ProgressLog;
import io.unroll.driver.report.RunEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Small runs on embedded Spark, and what they leave. */
abstract class RunsOnSpark {
  static final int PREDICTIONS = 4_499;

  @TempDir static Path folder;
  static Path corpus;
  static Path data;
  private static SparkSession session;
  private static String sessionMaster;
  private static Map<String, String> sessionSettings;

  @BeforeAll
  static void prepareText() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int line = 0; text.length() < 5_000; line++) {
      text.append("line ").append(line).append(": the quick brown fox jumps over the lazy dog\n");
    }
    text.setLength(5_000);
    corpus = Files.writeString(folder.resolve("corpus.txt"), text);
    data = folder.resolve("dataset");
    onSpark("local[2]", spark -> prepare(spark, corpus, data));
  }

  /** Prepares a text; a dataset that is there is replaced. */
  static PreparationSummary prepare(SparkSession spark, Path text, Path dataset) {
    return new TextPreparation(
            spark,
            new TextOptions(
                List.of(text.toString()),
                List.of(),
                List.of(),
                dataset.toString(),
                new CharTokenizer(1),
                null,
                512,
                true))
        .run();
  }

  /** Prepares eight captions of as many images, one of them for validation. */
  static Path prepareCaptions() throws IOException {
    StringBuilder images = new StringBuilder();
    StringBuilder annotations = new StringBuilder();
    for (int id = 1; id <= 8; id++) {
      images.append(id > 1 ? "," : "").append("{\"id\":").append(id).append("}");
      annotations
          .append(id > 1 ? "," : "")
          .append(String.format(Locale.ROOT, "{\"id\":%d,\"image_id\":%d,", 100 + id, id))
          .append(String.format(Locale.ROOT, "\"caption\":\"A dog runs in park %d .\"}", id % 2));
    }
    Path file =
        Files.writeString(
            folder.resolve("captions.json"),
            "{\"images\":[%s],\"annotations\":[%s]}".formatted(images, annotations));
    Path valid = Files.writeString(folder.resolve("valid-images.txt"), "8\n");
    Path output = folder.resolve("captions");
    onSpark(
        "local[2]",
        spark ->
            new CocoPreparation(
                    spark,
                    new CocoOptions(
                        List.of(file.toString()),
                        output.toString(),
                        1,
                        List.of(valid.toString()),
                        List.of(),
                        null,
                        false))
                .run());
    return output;
  }

  /** Spark on that master: the session that is there if it has it, else a new one. */
  static <T> T onSpark(String master, Function<SparkSession, T> body) {
    return onSpark(master, Map.of(), body);
  }

  /** The same with settings of Spark. */
  static <T> T onSpark(
      String master, Map<String, String> settings, Function<SparkSession, T> body) {
    if (session != null && !(sessionMaster.equals(master) && sessionSettings.equals(settings))) {
      session.stop();
    }
    sessionMaster = master;
    sessionSettings = settings;
    SparkSession.Builder builder = SparkSession.builder();
    settings.forEach(builder::config);
    session =
        builder
            .master(master)
            .appName("unroll-driver-tests")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.ui.retainedJobs", 20)
            .config("spark.ui.retainedStages", 20)
            .config("spark.sql.warehouse.dir", folder.toString())
            .getOrCreate();
    return body.apply(session);
  }

  @AfterAll
  static void closeSession() {
    session.stop();
  }

  static boolean never() {
    return false;
  }

  static RunConfiguration configuration(String run, Map<String, String> changes) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("data", data.toString());
    settings.put("run", folder.resolve(run).toString());
    settings.put("model.hidden", "24");
    settings.put("model.embedding", "12");
    settings.put("model.dropout", "0.1");
    settings.put("training.batch", "4");
    settings.put("training.window", "16");
    settings.put("training.epochs", "2");
    settings.put("averaging.lanes", "3");
    settings.put("averaging.interval", "5");
    settings.put("checkpoint.every", "0s");
    settings.put("sample.length", "20");
    settings.putAll(changes);
    return RunConfiguration.of(settings);
  }

  static TrainingOutcome train(
      String master, RunConfiguration configuration, BooleanSupplier stop) {
    return train(master, Map.of(), configuration, stop);
  }

  /** The same with settings of Spark. */
  static TrainingOutcome train(
      String master,
      Map<String, String> spark,
      RunConfiguration configuration,
      BooleanSupplier stop) {
    return onSpark(
        master,
        spark,
        session ->
            TrainingRun.run(session, configuration, ProgressLog.silent(), stop::getAsBoolean)
                .outcome());
  }

  static byte[] parameters(String run) throws IOException {
    return ofLastCheckpoint(run, "model.safetensors");
  }

  static byte[] ofLastCheckpoint(String run, String file) throws IOException {
    try (var checkpoints = Files.list(folder.resolve(run).resolve("checkpoints"))) {
      return Files.readAllBytes(
          checkpoints.sorted().reduce((a, b) -> b).orElseThrow().resolve(file));
    }
  }

  static List<RunEvent> events(String run) throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve(run).resolve("metrics.jsonl"))) {
      return MetricsJson.read(in, "metrics.jsonl").stream().map(MetricsLine::event).toList();
    }
  }

  static <T> List<T> only(Class<T> type, List<RunEvent> events) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
