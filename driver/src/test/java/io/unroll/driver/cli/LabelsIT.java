package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.unroll.driver.model.TrainedModel;
import io.unroll.worker.layer.ParameterLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels from lines to predictions, by the command line. */
class LabelsIT {
  private static final int COUNT = 120;

  @TempDir static Path folder;

  @BeforeAll
  static void trainALabeler() throws IOException {
    Files.writeString(folder.resolve("train.tsv"), String.join("\n", lines(1)) + "\n");
    Files.writeString(folder.resolve("valid.tsv"), String.join("\n", lines(2)) + "\n");
    done(
        "prep",
        "lines",
        "--master",
        "local[2]",
        "--input",
        path("train.tsv"),
        "--valid-input",
        path("valid.tsv"),
        "--output",
        path("data"));
    Execution train =
        done(
            "train",
            "--master",
            "local[2]",
            "--data",
            path("data"),
            "--run",
            path("run"),
            "--model.hidden",
            "12",
            "--model.embedding",
            "8",
            "--model.layers",
            "1",
            "--model.pooling",
            "max",
            "--optimizer.learning-rate",
            "0.02",
            "--training.batch",
            "8",
            "--training.epochs",
            "6",
            "--averaging.lanes",
            "1");
    assertTrue(train.err().matches("(?s).*valid .*accuracy +\\d+\\.\\d\\d %.*"), train.err());
    assertTrue(train.out().contains("Best validation accuracy: "), train.out());
  }

  /** The label is pos where the text has the word good. */
  private static List<String> lines(long seed) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int line = 0; line < COUNT; line++) {
      boolean good = random.nextBoolean();
      StringBuilder text = new StringBuilder(good ? "pos\t" : "neg\t");
      for (int word = random.nextInt(8); word >= 0; word--) {
        text.append("w").append(random.nextInt(30)).append(' ');
      }
      lines.add(text.append(good ? "good" : "bad").append(" end").toString());
    }
    return lines;
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Execution done(String... arguments) {
    Execution execution = Execution.of(arguments);
    assertEquals(0, execution.code(), execution.err());
    return execution;
  }

  @Test
  void reportDrawsTheConfusionMatrix() throws IOException {
    done("report", "--run", path("run"), "--data", path("data"), "--split", "valid");
    String page = Files.readString(folder.resolve("run/report.html"));
    assertTrue(page.contains("The best model on the valid split of " + path("data")), page);
    assertTrue(page.contains("<table class=\"confusion\">"), page);
    assertTrue(page.contains(">best "), page);
    assertEquals(2, Execution.of("report", "--run", path("run"), "--split", "valid").code());
  }

  @Test
  void evaluateHasTheScores() throws IOException {
    JsonNode scores =
        new ObjectMapper()
            .readTree(
                done(
                        "evaluate",
                        "--model",
                        path("run"),
                        "--data",
                        path("data"),
                        "--split",
                        "valid",
                        "--json")
                    .out());
    assertTrue(scores.get("accuracy").doubleValue() > 0.9, scores.toString());
    assertEquals(scores.get("accuracy"), scores.get("micro-f1"));
    assertEquals(COUNT, scores.get("examples").intValue());
    long diagonal =
        scores.get("confusion").get(0).get(0).longValue()
            + scores.get("confusion").get(1).get(1).longValue();
    assertEquals(scores.get("accuracy").doubleValue(), (double) diagonal / COUNT, 1e-12);
    Execution people =
        done("evaluate", "--model", path("run"), "--data", path("data"), "--split", "valid");
    assertTrue(people.out().contains("95 % interval"), people.out());
    assertTrue(people.out().contains("right \\ given"), people.out());
  }

  @Test
  void predictAnswersEachLineInOrder() throws IOException {
    List<String> texts = new ArrayList<>(lines(3).stream().map(line -> line.substring(4)).toList());
    texts.add(7, "");
    Path file = Files.writeString(folder.resolve("texts.txt"), String.join("\n", texts) + "\n");
    List<String> answers =
        done("predict", "--model", path("run"), "--input", file.toString()).out().lines().toList();
    assertEquals(texts.size(), answers.size());
    int right = 0;
    for (int line = 0; line < texts.size(); line++) {
      if (line == 7) {
        assertEquals("", answers.get(line));
      } else {
        assertTrue(answers.get(line).matches("(pos|neg)\t[01]\\.\\d{6}"), answers.get(line));
        right +=
            answers.get(line).startsWith(texts.get(line).contains("good") ? "pos" : "neg") ? 1 : 0;
      }
    }
    assertTrue(right > 0.9 * COUNT, answers.toString());

    done(
        "predict", "--model", path("run"), "--input", file.toString(), "--output", path("answers"));
    List<String> written = new ArrayList<>();
    try (Stream<Path> parts = Files.list(folder.resolve("answers"))) {
      for (Path part :
          parts.filter(p -> p.getFileName().toString().startsWith("part-")).sorted().toList()) {
        written.addAll(Files.readAllLines(part));
      }
    }
    assertEquals(answers, written);
  }

  @Test
  void predictAddsColumnsToATable() {
    SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate();
    spark
        .sql(
            "select id, case when id % 3 = 0 then null when id % 2 = 0 then 'so good' else 'w1 bad' end as body from range(0, 500, 1, 3)")
        .write()
        .parquet(path("table"));
    done(
        "predict",
        "--model",
        path("run"),
        "--format",
        "parquet",
        "--column",
        "body",
        "--input",
        path("table"),
        "--output",
        path("predicted"));
    spark = SparkSession.builder().master("local[2]").getOrCreate();
    List<Row> rows = spark.read().parquet(path("predicted")).orderBy("id").collectAsList();
    assertEquals(500, rows.size());
    for (Row row : rows) {
      long id = row.getLong(0);
      String expected = id % 3 == 0 ? null : id % 2 == 0 ? "pos" : "neg";
      assertEquals(expected, row.getString(2), row.toString());
      assertEquals(expected == null, row.isNullAt(3));
    }
    spark.stop();
  }

  private static String[] words(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--master",
                "local[2]",
                "--data",
                path("data"),
                "--run",
                path("begun"),
                "--continue-from",
                path("language"),
                "--training.max-rounds",
                "1",
                "--optimizer.learning-rate",
                "1e-9"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  @Test
  void aLabelerBeginsWithTheWordsOfALanguageModel() throws IOException {
    Files.write(
        folder.resolve("texts-alone.txt"),
        lines(4).stream().map(line -> line.substring(4)).toList());
    done(
        "prep",
        "text",
        "--master",
        "local[2]",
        "--tokenizer",
        "word",
        "--input",
        path("texts-alone.txt"),
        "--output",
        path("language-data"));
    done(
        "train",
        "--master",
        "local[2]",
        "--data",
        path("language-data"),
        "--run",
        path("language"),
        "--model.hidden",
        "12",
        "--model.embedding",
        "8",
        "--model.layers",
        "1",
        "--training.batch",
        "4",
        "--training.window",
        "8",
        "--training.epochs",
        "1",
        "--averaging.lanes",
        "1",
        "--sample.length",
        "0");
    Execution other = Execution.of(words("--model.hidden", "13"));
    assertEquals(2, other.code(), other.err());
    assertTrue(other.err().contains("Invalid model.hidden: 13 (expected 12"), other.err());

    Execution begun = done(words("--model.layers", "2"));
    assertTrue(begun.err().contains("the vectors of "), begun.err());
    TrainedModel language = TrainedModel.read(path("language"), new Configuration());
    TrainedModel labeler = TrainedModel.read(path("begun"), new Configuration());
    assertRowsAlike(
        row(language, "embedding.weight", language.vocabulary().id("good").orElseThrow()),
        row(labeler, "embedding.weight", labeler.vocabulary().id("good").orElseThrow()));
    assertRowsAlike(row(language, "rnn.weight_hh_l0", 5), row(labeler, "rnn.weight_hh_l0", 5));
  }

  private static float[] row(TrainedModel model, String name, int row) {
    ParameterLayout.Tensor tensor = model.architecture().layout().tensor(name);
    int from = tensor.offset() + row * tensor.columns();
    return Arrays.copyOfRange(model.parameters(), from, from + tensor.columns());
  }

  private static void assertRowsAlike(float[] expected, float[] actual) {
    assertArrayEquals(expected, actual, 1e-6f);
  }

  @Test
  void wrongUseIsToldInOneLine() throws IOException {
    String[][] wrong = {
      {"Missing --output", "--format", "parquet", "--input", "x"},
      {"Invalid --format: excel", "--format", "excel"},
      {"Invalid --column", "--column", "body", "--input", "x"},
      {"it does not exist", "--input", path("nowhere")},
      {"it gives labels (expected a language model)", "--state", "--input", path("train.tsv")},
    };
    for (String[] each : wrong) {
      List<String> arguments = new ArrayList<>(List.of("predict", "--model", path("run")));
      arguments.addAll(Arrays.asList(each).subList(1, each.length));
      Execution execution = Execution.of(arguments.toArray(String[]::new));
      assertTrue(execution.code() == 2 || execution.code() == 3, execution.err());
      assertTrue(execution.err().contains(each[0]), execution.err());
    }
    Execution sample = Execution.of("sample", "--model", path("run"));
    assertTrue(sample.err().contains("it gives labels"), sample.err());
    assertEquals(3, sample.code(), sample.err());
  }
}
