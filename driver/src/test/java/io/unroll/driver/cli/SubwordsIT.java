package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Byte pair encoding from the command line. */
class SubwordsIT {
  private static final String LINE = "The lowest tower, the newest caf\u00e9 and 12 \u20ac.\n";
  private static final int LINES = 200;

  @TempDir private static Path folder;

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Execution run(String line) {
    return Execution.of(line.split(" ", -1));
  }

  private static Execution done(String line) {
    Execution execution = run(line);
    assertEquals(0, execution.code(), execution.err());
    return execution;
  }

  private static JsonNode evaluated(String data) throws IOException {
    String line = "evaluate --json --split valid --model " + path("run") + " --data " + path(data);
    return new ObjectMapper().readTree(done(line).out());
  }

  @BeforeAll
  static void train() throws IOException {
    Files.writeString(folder.resolve("text.txt"), LINE.repeat(LINES));
    Execution prep =
        done(
            "prep text --tokenizer bpe --vocabulary 280 --fractions 0.5,0.5 --input "
                + path("text.txt")
                + " --output "
                + path("data"));
    assertTrue(prep.out().contains("280 tokens (bpe)"), prep.out());
    assertTrue(Files.exists(folder.resolve("data/tokenizer.json")));
    done(
        "train --model.hidden 32 --model.embedding 16 --model.layers 1 --training.batch 4"
            + " --training.window 16 --training.epochs 8 --optimizer.learning-rate 0.02"
            + " --averaging.lanes 1 --data "
            + path("data")
            + " --run "
            + path("run"));
  }

  /** Bits per byte are those of the tokens, spread over the bytes of the text. */
  @Test
  void lossIsShownByByteToo() throws IOException {
    JsonNode scores = evaluated("data");
    double bits = scores.get("bits-per-token").doubleValue() * scores.get("tokens").longValue();
    int bytes = LINE.getBytes(StandardCharsets.UTF_8).length * LINES / 2;
    // The first token is not predicted, and a split may end within a line.
    double longest = LINE.length();
    double perByte = scores.get("bits-per-byte").doubleValue();
    assertTrue(
        perByte >= bits / (bytes + longest) && perByte <= bits / (bytes - longest),
        scores::toString);
    assertTrue(perByte < 1, scores::toString);
    String people = done("evaluate --model " + path("run") + " --data " + path("data")).out();
    assertTrue(people.contains(" bits per token, "), people);
    assertTrue(people.contains(" bits per byte"), people);
  }

  @Test
  void samplesAreText() {
    String text =
        done("sample --greedy --length 60 --model " + path("run") + " --prompt The").out();
    assertTrue(text.contains("caf\u00e9 and 12 \u20ac."), text);
  }

  @Test
  void anotherTextIsCutByTheModel() throws IOException {
    Files.writeString(folder.resolve("other.txt"), LINE.repeat(20) + "Other \u65e5\u672c words.\n");
    done(
        "prep text --fractions 0.5,0.5 --vocabulary "
            + path("run")
            + " --input "
            + path("other.txt")
            + " --output "
            + path("other"));
    assertTrue(evaluated("other").get("bits-per-byte").doubleValue() > 0);
  }

  @Test
  void documentsAndLabelledTextsHaveSubwordsToo() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int x = 0; x < 40; x++) {
      lines.add((x % 2 == 0 ? "good\tthe BEST tower " : "bad\tthe worst caf\u00e9 ") + x);
    }
    Files.write(folder.resolve("lines.tsv"), lines);
    String input = " --input " + path("lines.tsv") + " --fractions 0.8,0.2";
    String documents =
        done("prep text --documents --tokenizer bpe --vocabulary 270 --output "
                + path("docs")
                + input)
            .out();
    assertTrue(documents.contains("270 tokens (bpe-sequence)"), documents);
    String labelled =
        done("prep lines --tokenizer bpe --max-vocabulary 270 --lower-case --output "
                + path("labelled")
                + input)
            .out();
    assertTrue(labelled.contains("0 unknown"), labelled);
    done(
        "train --model.hidden 8 --model.embedding 8 --training.batch 4 --training.epochs 4"
            + " --averaging.lanes 1 --data "
            + path("labelled")
            + " --run "
            + path("labels"));
    Files.writeString(folder.resolve("questions.txt"), "the BEST one\n\u65e5\u672c\n");
    String labels =
        done("predict --model " + path("labels") + " --input " + path("questions.txt")).out();
    assertTrue(labels.matches("(good|bad)\t0\\.\\d+\n(good|bad)\t0\\.\\d+\n"), labels);
  }

  @Test
  void refusesWhatMakesNoSense() {
    String text = " --input " + path("text.txt") + " --output " + path("none");
    assertRefused(
        "Invalid --vocabulary: 300 (expected --vocabulary N or --max-vocabulary N, not both)",
        "prep text --tokenizer bpe --vocabulary 300 --max-vocabulary 300" + text);
    assertRefused(
        "Invalid max-vocabulary: 200 (expected at least 259: 256 bytes, <bos>, <eos> and a pair)",
        "prep text --tokenizer bpe --vocabulary 200" + text);
    assertRefused(
        "Invalid --characters: subwords are no words (expected tokenizer word or word-punctuation)",
        "prep lines --tokenizer bpe --characters" + text);
    assertRefused(
        "Invalid --extend: subwords are bytes and pairs of them, which lack nothing (remove it:"
            + " --vocabulary encodes every text)",
        "prep text --extend --vocabulary " + path("data") + text);
  }

  private static void assertRefused(String message, String line) {
    Execution execution = run(line);
    assertEquals(ExitCode.USAGE.code(), execution.code(), execution.err());
    assertTrue(execution.err().contains(message), execution.err());
  }
}
