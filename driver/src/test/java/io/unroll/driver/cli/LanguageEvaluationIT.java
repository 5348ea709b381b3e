package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other ways to measure language models: while they learn, and several together. */
class LanguageEvaluationIT {
  @TempDir private static Path folder;

  private static Execution run(String command, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of((command.replace("DIR", folder.toString()) + " --quiet").split(" ")));
    words.addAll(List.of(more));
    return Execution.of(words.toArray(String[]::new));
  }

  @BeforeAll
  static void train() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int line = 0; text.length() < 8_000; line++) {
      text.append("line ").append(line).append(": the quick brown fox jumps over the lazy dog\n");
    }
    Files.writeString(folder.resolve("text.txt"), text);
    String prep = "prep text --tokenizer char --input DIR/text.txt --output DIR/data";
    assertEquals(0, run(prep + " --master local[2]").code());
    for (String seed : List.of("1", "2")) {
      Execution trained =
          run(
              "train --master local[2] --data DIR/data --run DIR/"
                  + seed
                  + " --model.hidden 24 --training.batch 4 --training.window 16"
                  + " --training.epochs 2 --optimizer.learning-rate 0.01 --training.seed "
                  + seed);
      assertEquals(0, trained.code(), trained.err());
    }
  }

  private static JsonNode evaluated(String model, String cores, String... options) {
    Execution evaluated =
        run(
            "evaluate --master "
                + cores
                + " --model DIR/"
                + model
                + " --data DIR/data --split valid --json",
            options);
    assertEquals(0, evaluated.code(), evaluated.err());
    return DocumentedResult.line(evaluated);
  }

  private static double loss(JsonNode result) {
    return result.get("loss").doubleValue();
  }

  @Test
  void ofOneThatLearnsFromTheSplit() {
    JsonNode learning = evaluated("1", "local[2]", "--dynamic", "--dynamic-rate", "0.001");
    double dynamic = learning.get("dynamic-loss").doubleValue();
    assertTrue(dynamic < loss(learning) - 0.01, learning.toString());
    assertEquals(Math.exp(dynamic), learning.get("dynamic-perplexity").doubleValue(), 1e-9);
    assertEquals(learning, evaluated("1", "local[1]", "--dynamic", "--dynamic-rate", "0.001"));

    // The split is short enough to be read from its beginning by both ways.
    JsonNode still =
        evaluated("1", "local[2]", "--dynamic", "--dynamic-rate", "1e-20", "--dynamic-decay", "0");
    assertEquals(loss(still), still.get("dynamic-loss").doubleValue(), 1e-6);
  }

  @Test
  void ofSeveralTogether() {
    JsonNode alone = evaluated("1", "local[2]");
    String same = folder.resolve("1").toString();
    JsonNode twice = evaluated("1", "local[2]", "--vote", same);
    assertEquals(same, twice.get("vote").get(0).textValue());
    assertEquals(loss(alone), loss(twice), 1e-9);
    assertEquals(alone.get("tokens"), twice.get("tokens"));

    // The logarithm is concave: together they lose no more than they do on average.
    double together = loss(evaluated("1", "local[2]", "--vote", folder.resolve("2").toString()));
    double other = loss(evaluated("2", "local[2]"));
    assertTrue(together < (loss(alone) + other) / 2, alone + ", " + other + " and " + together);
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    Execution alone = run("evaluate --model DIR/1 --data DIR/data --dynamic-window=3");
    assertEquals(2, alone.code());
    assertTrue(alone.err().contains("Invalid --dynamic-window: it needs --dynamic"), alone.err());
    Execution both = run("evaluate --model DIR/1 --data DIR/data --dynamic --vote DIR/2");
    assertEquals(2, both.code());
    assertTrue(both.err().contains("one model can learn at a time"), both.err());
  }
}
