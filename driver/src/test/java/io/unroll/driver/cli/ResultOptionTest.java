package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.unroll.driver.train.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Results in JSON of the commands that need no Spark; those of the others are in UnrollIT. */
class ResultOptionTest {
  @TempDir private Path folder;

  @Test
  void everyCommandHasItAndIsDocumented() {
    Map<String, CommandLine> commands =
        new TreeMap<>(Unroll.commandLine(TrainingRun::run).getSubcommands());
    commands.remove("generate-completion"); // whose result is a script
    commands
        .remove("registry") // which has commands of its own
        .getSubcommands()
        .forEach((name, command) -> commands.put("registry " + name, command));
    commands.forEach(
        (name, command) -> {
          // A command of several kinds, as prep, has one result, which each of them prints.
          Collection<CommandLine> kinds =
              command.getSubcommands().isEmpty()
                  ? List.of(command)
                  : command.getSubcommands().values();
          for (CommandLine kind : kinds) {
            assertTrue(kind.getCommandSpec().optionsMap().containsKey("--json"), name);
          }
          assertFalse(DocumentedResult.documented(name).isEmpty(), name);
        });
  }

  @Test
  void samplesComeWithWhatTheyWereDrawnWith() {
    String model = SmallModel.write(folder, List.of("a", "b", "\u009b"));
    String[] sample = {"sample", "--model", model, "--prompt=ab", "--length=40", "--top-k=2"};
    String text = Execution.of(sample).out();
    Execution execution =
        Execution.of(Stream.concat(Stream.of(sample), Stream.of("--json")).toArray(String[]::new));
    assertEquals(0, execution.code(), execution.err());
    assertEquals("", execution.err());
    JsonNode result = DocumentedResult.of("sample", execution);
    assertEquals(text, result.get("prompt").textValue() + result.get("text").textValue() + "\n");
    assertEquals(40, result.get("tokens").intValue());
    assertEquals(40, result.get("length").intValue());
    assertEquals(2, result.get("top-k").intValue());
    assertEquals(0.8, result.get("temperature").doubleValue());
    assertEquals(1, result.get("seed").longValue());
  }

  @Test
  void whatATerminalWouldObeyIsEscapedAndComesBack() {
    String model = SmallModel.write(folder, List.of("\u009b"));
    Execution execution = Execution.of("sample", "--model", model, "--length=3", "--json");
    assertFalse(execution.out().contains("\u009b"), "a terminal would obey it");
    assertEquals(
        "\u009b\u009b\u009b", DocumentedResult.of("sample", execution).get("text").textValue());
  }

  @Test
  void exportsNameWhatTheyWrote() {
    String model = SmallModel.write(folder, List.of("a", "b"));
    String copy = folder.resolve("copy").toString();
    Execution execution =
        Execution.of("export", "--model", model, "--format=unroll", "--output", copy, "--json");
    assertEquals(0, execution.code(), execution.err());
    JsonNode result = DocumentedResult.of("export", execution);
    assertEquals(model, result.get("model").textValue());
    assertTrue(result.get("checkpoint").isNull());
    assertEquals("unroll", result.get("format").textValue());
    assertEquals("file:" + copy, result.get("output").textValue());
  }

  @Test
  void whatFailsPrintsNoLine() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Execution execution = Execution.of("report", "--run", run.toString(), "--json");
    assertEquals(3, execution.code());
    assertEquals("", execution.out());
    assertTrue(execution.err().startsWith("Cannot report on "), execution.err());
  }

  @Test
  void configurationsArePrintedAsYamlOnly() {
    Execution execution = Execution.of("train", "--data=d", "--run=r", "--print-config", "--json");
    assertEquals(2, execution.code());
    assertTrue(
        execution.err().startsWith("Invalid --json: what --print-config prints is YAML"),
        execution.err());
  }
}
