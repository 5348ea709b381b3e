package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors of words from a text to neighbours and analogies, by the command line. */
class WordVectorsIT {
  private static final int LINES = 400;

  @TempDir static Path folder;

  @BeforeAll
  static void trainVectors() throws IOException {
    Files.writeString(folder.resolve("text"), text());
    Files.writeString(
        folder.resolve("questions"), ": seen\nRed0 blue0 red1 blue1\nred0 blue0 red1 green1\n");
    done(
        "prep",
        "text",
        "--master=local[2]",
        "--tokenizer=word",
        "--fractions=1,0,0",
        "--block-length=50",
        "--input",
        path("text"),
        "--output",
        path("data"));
    train("vectors");
  }

  /** Words of a colour stand beside each other. */
  private static String text() {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < LINES; line++) {
      String colour = random.nextBoolean() ? "red" : "blue";
      for (int word = 0; word < 6; word++) {
        text.append(colour).append(random.nextInt(5)).append(word < 5 ? ' ' : '\n');
      }
    }
    return text.toString();
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Execution done(String... arguments) {
    Execution execution = Execution.of(arguments);
    assertEquals(0, execution.code(), execution.err());
    return execution;
  }

  private static Execution train(String output) {
    return done(
        "word2vec",
        "--master=local[2]",
        "--data",
        path("data"),
        "--output",
        path(output),
        "--size=12",
        "--window=3",
        "--epochs=3",
        "--json");
  }

  private static JsonNode neighbours(String vectors) {
    return DocumentedResult.of(
        "neighbours",
        done("neighbours", "--vectors", path(vectors), "--word", "red1", "--count=4", "--json"));
  }

  @Test
  void wordsOfTheSameLinesAreNeighbours() {
    JsonNode result = neighbours("vectors");
    assertEquals(path("vectors"), result.get("vectors").textValue());
    assertTrue(result.get("model").isNull());
    List<String> words = result.get("neighbours").get("red1").findValuesAsText("word");
    assertEquals(List.of("red0", "red2", "red3", "red4"), words.stream().sorted().toList());
  }

  @Test
  void theSameCommandTrainsTheSameVectors() {
    JsonNode result = DocumentedResult.of("word2vec", train("again"));
    assertEquals(10, result.get("words").intValue());
    assertEquals(12, result.get("size").intValue());
    assertEquals(1, result.get("partitions").intValue());
    assertEquals(neighbours("vectors").get("neighbours"), neighbours("again").get("neighbours"));
  }

  @Test
  void analogiesAreAskedOfThem() {
    JsonNode result =
        DocumentedResult.of(
            "analogies",
            done(
                "analogies",
                "--vectors",
                path("vectors"),
                "--questions",
                path("questions"),
                "--json"));
    assertEquals(10, result.get("words").intValue());
    assertEquals(2, result.get("all").get("questions").intValue());
    assertEquals(1, result.get("all").get("covered").intValue());
    JsonNode section = result.get("sections").get(0);
    assertEquals("seen", section.get("name").textValue());
    assertEquals(1, section.get("3cosadd").get("top-10").doubleValue());
    String text =
        done("analogies", "--vectors", path("vectors"), "--questions", path("questions")).out();
    assertTrue(text.startsWith("section "), text);
    assertTrue(text.contains("\nall "), text);
  }

  @Test
  void whatHoldsNoVectorsIsRefused() {
    refused("it does not exist", "absent");
    refused("so it is no model of Spark ML", "data");
  }

  private static void refused(String why, String place) {
    Execution execution = Execution.of("neighbours", "--vectors", path(place), "--word=red1");
    assertEquals(3, execution.code(), execution.err());
    assertTrue(execution.err().startsWith("Cannot read " + path(place) + ": "), execution.err());
    assertTrue(execution.err().contains(why), execution.err());
    assertEquals(1, execution.err().lines().count(), execution.err());
  }

  @Test
  void wordsMustBeOftenEnough() {
    Execution execution =
        Execution.of(
            "word2vec",
            "--data",
            path("data"),
            "--output",
            path("none"),
            "--min-count=100000",
            "-q");
    assertEquals(3, execution.code(), execution.err());
    assertTrue(execution.err().startsWith("Cannot train vectors of words on "), execution.err());
  }

  @Test
  void aModelHasNeighboursToo() {
    String model = SmallModel.write(folder, List.of("a", "b", "c"));
    JsonNode result =
        DocumentedResult.of(
            "neighbours", done("neighbours", "--model", model, "--word", "a", "c", "--json"));
    assertEquals(2, result.get("neighbours").get("a").size());
    assertEquals(2, result.get("neighbours").get("c").size());
    Execution unknown = Execution.of("neighbours", "--model", model, "--word", "x");
    assertEquals(3, unknown.code());
    assertTrue(unknown.err().startsWith("Cannot find the neighbours of 'x'"), unknown.err());
  }
}
