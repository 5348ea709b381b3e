package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Phrases on the command line: found, learnt, ranked and drawn. */
class PhrasesIT {
  @TempDir private Path folder;

  private Execution run(String command) {
    return Execution.of(
        (command.replace("DIR", folder.toString()) + " --master local[2] --quiet").split(" "));
  }

  private Execution done(String command) {
    Execution execution = run(command + " --json");
    assertEquals(0, execution.code(), execution::err);
    return execution;
  }

  @Test
  void phrasesAreFoundLearntRankedAndDrawn() throws IOException {
    Files.writeString(folder.resolve("a.de"), "der Hund\nder Mann\nein Hund\nein Mann\n".repeat(3));
    Files.writeString(folder.resolve("a.en"), "the dog\nthe man\na dog\na man\n".repeat(3));
    JsonNode found =
        DocumentedResult.of(
            "phrases",
            done("phrases --input DIR/a.de --input-target DIR/a.en --output DIR/phrases"));
    assertEquals(8, found.get("phrases").intValue());
    done(
        "prep pairs --input DIR/phrases --valid-input DIR/phrases --min-count 1 --output DIR/data");
    done(
        "train --data DIR/data --run DIR/run --model.cell gru --model.hidden 8"
            + " --model.encoder-hidden 8 --model.embedding 8 --model.attention none"
            + " --training.batch 8 --training.epochs 60 --optimizer.learning-rate 0.05"
            + " --averaging.interval 60");
    String rank = "evaluate --model DIR/run --data DIR/data --split train --rank texts --among 3";
    JsonNode ranks = new ObjectMapper().readTree(done(rank).out());
    assertEquals(1, ranks.get("recall-1").doubleValue());

    Files.writeString(folder.resolve("some.txt"), "der Hund\n\n\u00a0\nder Mann\nein <Hund>\n");
    String states = run("predict --model DIR/run --state --input DIR/some.txt").out();
    List<String> lines = states.lines().toList();
    assertEquals(List.of(16, 0, 0, 16, 16), lines.stream().map(PhrasesIT::numbers).toList());
    JsonNode map =
        DocumentedResult.of(
            "map", done("map --model DIR/run --input DIR/some.txt --output DIR/map.svg"));
    assertEquals(3, map.get("texts").intValue());
    String svg = Files.readString(folder.resolve("map.svg"));
    assertTrue(svg.contains("<title>ein &lt;Hund&gt;</title>"), svg);
    Files.writeString(folder.resolve("few.txt"), "der Hund\nder Mann\n\u00a0\n");
    refused(
        "map --model DIR/run --input DIR/few.txt --output DIR/few.svg",
        ExitCode.BAD_DATA,
        "it has 2 texts that the model reads (expected at least 3)");
  }

  private static int numbers(String line) {
    return line.isEmpty() ? 0 : line.split(" ").length;
  }

  @Test
  void whatCannotBeIsRefused() throws IOException {
    Files.writeString(folder.resolve("a.de"), "der\n");
    Files.writeString(folder.resolve("a.en"), "the\n");
    String input = "phrases --input DIR/a.de --input-target DIR/a.en --output DIR/";
    Files.createDirectory(folder.resolve("there"));
    refused(input + "there", ExitCode.USAGE, "something is there");
    refused(input + "new --longest 0", ExitCode.USAGE, "Invalid --longest: 0");
    refused(
        "phrases --input DIR/a.de --input-target DIR/b.en --output DIR/c",
        ExitCode.BAD_DATA,
        "b.en");
    refused(
        "map --model DIR/a --input DIR/a.de --output DIR/m.svg --most 2", ExitCode.USAGE, "--most");
  }

  private void refused(String command, ExitCode code, String reason) {
    Execution execution = run(command);
    assertTrue(execution.err().contains(reason), execution::err);
    assertEquals(code.code(), execution.code(), execution::err);
  }
}
