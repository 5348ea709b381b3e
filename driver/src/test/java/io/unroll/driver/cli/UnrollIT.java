package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.unroll.driver.run.Progress;
import io.unroll.driver.train.TrainingOutcome;
import io.unroll.driver.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The commands one after the other, as a user types them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UnrollIT {
  @TempDir private static Path folder;

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Execution train(String... more) {
    String[] arguments = {
      "train",
      "--master",
      "local[2]",
      "--data",
      path("data"),
      "--run",
      path("run"),
      "--model.hidden",
      "16",
      "--model.layers",
      "1",
      "--model.embedding",
      "8",
      "--training.batch",
      "4",
      "--training.window",
      "8",
      "--training.epochs",
      "1",
      "--averaging.lanes",
      "2",
      "--sample.length",
      "20"
    };
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return Execution.of(all);
  }

  private static void assertTrainEnds(int code, String message) {
    Execution train = train();
    assertEquals(code, train.code(), train.err());
    assertTrue(train.err().contains(message), train.err());
    // A directory that is refused gets no outcome.
    assertTrue(
        code == 0 ? train.out().startsWith("Outcome: {") : train.out().isEmpty(), train.out());
  }

  @Test
  @Order(1)
  void prepWritesADataset() throws IOException {
    Files.writeString(folder.resolve("corpus.txt"), "hello world, hello lanes.\n".repeat(400));
    Execution prep =
        Execution.of(
            "prep",
            "--master",
            "local[2]",
            "--kind",
            "text",
            "--tokenizer",
            "char",
            "--input",
            path("corpus.txt"),
            "--output",
            path("data"),
            "--fractions",
            "0.9,0.1");
    assertEquals(0, prep.code(), prep.err());
    assertTrue(prep.out().contains("vocabulary"), prep.out());
    assertTrue(
        prep.err().matches("(?s).*\\d\\d:\\d\\d:\\d\\d prep: counting the tokens\n.*"), prep.err());
    assertTrue(Files.exists(folder.resolve("data/manifest.json")));
  }

  @Test
  @Order(2)
  void trainWritesARunAndThenHasNothingLeftToDo() {
    Execution first = train("--sample.prompt", "Ω");
    assertEquals(0, first.code(), first.err());
    assertTrue(Files.exists(folder.resolve("run/best/model.json")), first.out());
    assertTrue(
        first
            .out()
            .matches(
                "Best validation loss: \\d\\.\\d{4} nats per token, round \\d+\nModel: \\Q%s\\E\nReport: \\Q%s\\E\nOutcome: \\{\"command\":\"train\",\"outcome\":\"done\",.*\\}\n"
                    .formatted(path("run/best"), path("run/report.html"))),
        first.out());
    assertTrue(first.err().matches("(?s).*\n\\d\\d:\\d\\d:\\d\\d round +1/.*"), first.err());
    Execution again = train();
    assertEquals(0, again.code(), again.err());
    assertTrue(again.err().contains("Nothing left to do"), again.err());
    assertEquals(first.out().lines().limit(3).toList(), again.out().lines().limit(3).toList());
    assertTrue(again.out().contains("\"outcome\":\"already-done\""), again.out());
  }

  @Test
  @Order(3)
  void trainPrintsOneJsonObject() {
    JsonNode json = DocumentedResult.of("train", train("--json"));
    assertEquals("already-done", json.get("outcome").textValue());
    assertEquals(path("run/best"), json.get("model").textValue());
    double loss = json.get("best-loss").doubleValue();
    assertTrue(loss > 0 && loss < 3, json.toString());
    assertEquals(json.get("rounds"), json.get("best-round"));
    assertEquals(9356, json.get("tokens").longValue());
  }

  @Test
  @Order(3)
  void evaluatePrintsOneJsonObject() {
    Execution evaluate =
        Execution.of(
            "evaluate",
            "--master",
            "local[2]",
            "--model",
            path("run"),
            "--data",
            path("data"),
            "--quiet",
            "--json");
    assertEquals(0, evaluate.code(), evaluate.err());
    assertTrue(
        evaluate.err().contains("has no test split")
            && evaluate.err().contains("this is its validation split"),
        evaluate.err());
    assertFalse(evaluate.err().contains("evaluate on the"), evaluate.err());
    JsonNode json = DocumentedResult.of("evaluate", evaluate);
    assertEquals("valid", json.get("split").textValue());
    double loss = json.get("loss").doubleValue();
    assertTrue(loss > 0 && loss < 3, evaluate.out());
    assertEquals(Math.exp(loss), json.get("perplexity").doubleValue(), 1e-9);
    assertEquals(loss / Math.log(2), json.get("bits-per-token").doubleValue(), 1e-9);
    assertEquals(1039, json.get("tokens").longValue());
  }

  @Test
  @Order(3)
  void sampleContinuesThePromptAndIsAFunctionOfTheSeed() {
    String[] sample = {"sample", "--model", path("run/best"), "--prompt", "hello", "--length", "9"};
    Execution first = Execution.of(sample);
    assertEquals(0, first.code(), first.err());
    assertTrue(first.out().startsWith("hello"), first.out());
    assertEquals(first, Execution.of(sample));
  }

  @Test
  @Order(3)
  void promptsBeyondTheVocabularyAreBadData() {
    Execution sample = Execution.of("sample", "--model", path("run"), "--prompt", "Ω");
    assertEquals(3, sample.code());
    assertEquals(
        "Cannot use the prompt: Cannot encode 'Ω' (U+03A9): the vocabulary lacks it and has no"
            + " <unk>",
        sample.err().strip());
  }

  /** One that comes out of a shared configuration must not keep a training from going on. */
  @Test
  @Order(3)
  void promptsOfSamplesBeyondTheVocabularyAreLeftOut() throws IOException {
    String metrics = Files.readString(folder.resolve("run/metrics.jsonl"));
    assertTrue(metrics.contains("\"type\":\"sample\""), metrics);
    assertFalse(metrics.contains("Ω"), metrics);
  }

  @Test
  @Order(3)
  void datasetsOfAnotherVocabularyAreBadData() throws IOException {
    Files.writeString(folder.resolve("digits.txt"), "0123456789".repeat(40));
    String[] prep = {"prep", "--master", "local[2]", "--kind", "text", "--tokenizer", "char"};
    String[] places = {"--input", path("digits.txt"), "--output", path("digits"), "--json"};
    Execution prepared =
        Execution.of(Stream.of(prep, places).flatMap(Stream::of).toArray(String[]::new));
    assertEquals(0, prepared.code(), prepared.err());
    JsonNode dataset = DocumentedResult.of("prep", prepared);
    assertEquals(10, dataset.get("vocabulary-size").intValue());
    assertTrue(dataset.get("new-tokens").isNull() && dataset.get("since").isNull());
    assertEquals(400, dataset.get("source-bytes").longValue());
    assertEquals(360, dataset.at("/splits/train/tokens").longValue());
    Execution evaluate =
        Execution.of(
            "evaluate",
            "--master",
            "local[2]",
            "--model",
            path("run"),
            "--data",
            path("digits"),
            "--split",
            "train");
    assertEquals(3, evaluate.code());
    assertTrue(
        evaluate.err().matches("(?s)Cannot use model .* on dataset .*: the dataset lacks .*"),
        evaluate.err());
  }

  @Test
  @Order(3)
  void aModelIsEvaluatedOnNewTextOfItsVocabulary() throws IOException {
    Files.writeString(folder.resolve("new.txt"), "old wheels, hello\n".repeat(40));
    String prep =
        "prep --master local[2] --kind text --input %s --output %s --vocabulary %s --since %s --json"
            .formatted(path("new.txt"), path("new"), path("run"), path("data"));
    Execution prepared = Execution.of(prep.split(" "));
    assertEquals(0, prepared.code(), prepared.err());
    JsonNode dataset = DocumentedResult.of("prep", prepared);
    assertEquals(0, dataset.get("new-tokens").intValue());
    assertEquals(720, dataset.at("/since/new-bytes").intValue());
    assertEquals("file:" + path("new.txt"), dataset.at("/since/new/0").textValue());
    assertEquals("file:" + path("corpus.txt"), dataset.at("/since/gone/0").textValue());
    String evaluate =
        "evaluate --master local[2] --model %s --data %s --split valid"
            .formatted(path("run"), path("new"));
    Execution evaluated = Execution.of(evaluate.split(" "));
    assertEquals(0, evaluated.code(), evaluated.err());
  }

  @Test
  @Order(3)
  void reportWritesOnePage() throws IOException {
    Execution report = Execution.of("report", "--run", path("run"), "--json");
    assertEquals(0, report.code(), report.err());
    JsonNode json = DocumentedResult.of("report", report);
    assertEquals("file:" + path("run/report.html"), json.get("report").textValue());
    assertTrue(Files.readString(folder.resolve("run/report.html")).contains("</html>"));
  }

  @Test
  @Order(4)
  void linesOfMetricsThatAreNoEventsArePassedOver() throws IOException {
    Path metrics = folder.resolve("run/metrics.jsonl");
    String events = Files.readString(metrics);
    String odd = events.lines().findFirst().orElseThrow().replaceFirst("}$", ",\"mood\":3}\n");
    Files.writeString(metrics, odd + events);
    Execution report = Execution.of("report", "--run", path("run"));
    assertEquals(0, report.code(), report.err());
    assertTrue(report.err().contains("metrics.jsonl, line 1: unknown key \"mood\""), report.err());
    Files.writeString(metrics, events);
  }

  @Test
  @Order(5)
  void aFinishedRunWithoutItsCheckpointsIsNotReplaced() throws IOException {
    Files.move(folder.resolve("run/checkpoints"), folder.resolve("elsewhere"));
    assertTrainEnds(2, "but no checkpoint any more");
    Files.move(folder.resolve("elsewhere"), folder.resolve("run/checkpoints"));
    assertEquals(0, train().code());
  }

  @Test
  @Order(6)
  void aCheckpointBecomesAModel() throws IOException {
    Files.move(folder.resolve("run/best"), folder.resolve("best-elsewhere"));
    assertTrainEnds(0, "export --format unroll --checkpoint");
    Execution export =
        Execution.of(
            "export", "--format", "unroll", "--checkpoint", path("run"), "--output", path("made"));
    assertEquals(0, export.code(), export.err());
    Path newest;
    try (Stream<Path> checkpoints = Files.list(folder.resolve("run/checkpoints"))) {
      newest = checkpoints.max(Comparator.naturalOrder()).orElseThrow();
    }
    Path made = folder.resolve("made/model.safetensors");
    assertEquals(-1, Files.mismatch(newest.resolve("model.safetensors"), made));
    assertEquals(0, Execution.of("sample", "--model", path("made"), "--length", "3").code());
    String[] again = {
      "export", "--format", "unroll", "--checkpoint", newest.toString(), "--output", path("made")
    };
    assertTrue(Execution.of(again).err().contains("a model is there"));
    Execution another =
        Execution.of(
            "export",
            "--format=unroll",
            "--checkpoint=" + newest,
            "--data=" + path("digits"),
            "--output=" + path("never"));
    assertEquals(3, another.code(), another.err());
    assertTrue(another.err().contains("its run was trained on another one"), another.err());
  }

  @Test
  @Order(3)
  void interruptedRunsSayHowToGoOn() {
    Training training =
        (spark, configuration, log, control) -> {
          TrainingResult interrupted =
              new TrainingResult(
                  TrainingOutcome.INTERRUPTED,
                  configuration,
                  Progress.none(),
                  false,
                  Optional.empty(),
                  Instant.EPOCH,
                  Instant.EPOCH);
          control.ended(interrupted);
          return interrupted;
        };
    String[] train = {"train", "--master", "local[1]", "--data", "d e", "--run", "r"};
    Execution interrupted = Execution.of(training, train);
    assertEquals(75, interrupted.code());
    assertTrue(
        interrupted.err().contains("train --master 'local[1]' --data 'd e' --run r"),
        interrupted.err());
    assertTrue(
        interrupted.out().startsWith("Outcome: {\"command\":\"train\",\"outcome\":\"interrupted\""),
        interrupted.out());
    Execution asJson =
        Execution.of(
            training, Stream.concat(Stream.of(train), Stream.of("--json")).toArray(String[]::new));
    assertEquals(75, asJson.code());
    JsonNode json = DocumentedResult.of("train", asJson);
    assertEquals("interrupted", json.get("outcome").textValue());
    assertTrue(json.get("model").isNull() && json.get("best-loss").isNull(), asJson.out());
  }

  @Test
  @Order(3)
  void missingDatasetsAreBadDataWithoutStackTrace() {
    Execution train =
        Execution.of(
            "train", "--master", "local[1]", "--data", path("none"), "--run", path("other"));
    assertEquals(3, train.code());
    assertTrue(train.err().startsWith("Cannot open dataset " + path("none")), train.err());
    assertFalse(train.err().contains("\tat "), train.err());
  }

  @Test
  @Order(3)
  void mastersThatDoNotExistAreNamed() {
    Execution train = Execution.of("train", "--master", "locla[2]", "--data", "d", "--run", "r");
    assertEquals(2, train.code());
    assertTrue(train.err().startsWith("Cannot start Spark on --master locla[2]: "), train.err());
  }

  @Test
  @Order(3)
  void aLaneThatRunsOutOfMemorySaysWhatToDo() {
    Execution execution =
        Execution.of(
            (spark, configuration, out, stop) -> {
              new JavaSparkContext(spark.sparkContext())
                  .parallelize(List.of(1))
                  .foreach(UnrollIT::exhaust);
              throw new AssertionError("The memory was enough");
            },
            "train",
            "--master",
            "local[2]",
            "--data",
            path("data"),
            "--run",
            path("run"));
    assertEquals(1, execution.code(), execution.err());
    assertTrue(
        execution.err().startsWith("Cannot go on: out of memory (Java heap space)"),
        execution.err());
  }

  private static void exhaust(int ignored) {
    throw new OutOfMemoryError("Java heap space");
  }
}
