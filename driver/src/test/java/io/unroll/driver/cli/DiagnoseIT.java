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

/** Gradients of models of text and of a tagger, by the command line. */
class DiagnoseIT {
  @TempDir static Path folder;

  @BeforeAll
  static void trainModels() throws IOException {
    Files.writeString(
        folder.resolve("text"), "to be or not to be, that is the question\n".repeat(60));
    Files.writeString(
        folder.resolve("tags"),
        (word(1, "a", "X")
                + word(2, "b", "Y")
                + word(3, "a", "X")
                + "\n"
                + word(1, "b", "Y")
                + word(2, "b", "Y")
                + "\n")
            .repeat(20));
    done(
        "prep", "text", "--tokenizer=char", "--input", path("text"), "--output", path("text-data"));
    done(
        "prep",
        "conllu",
        "--tags=upos",
        "--input",
        path("tags"),
        "--fractions=0.5,0.5,0",
        "--output",
        path("tag-data"));
    train(
        "text-data", "rnn", "--model.cell=rnn", "--training.window=10", "--clipping.max-norm=0.01");
    train("text-data", "gru", "--model.cell=gru", "--training.window=10");
    train("tag-data", "tagger", "--model.cell=lstm", "--model.bidirectional=true");
  }

  private static String word(int number, String word, String tag) {
    return number + "\t" + word + "\t_\t" + tag + "\t_".repeat(6) + "\n";
  }

  private static void train(String data, String run, String... settings) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--data",
                path(data),
                "--run",
                path(run),
                "--model.hidden=8",
                "--model.embedding=6",
                "--model.layers=2",
                "--training.batch=4",
                "--training.epochs=1",
                "--averaging.lanes=1"));
    arguments.addAll(List.of(settings));
    done(arguments.toArray(String[]::new));
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
  void modelsOfTextAreCompared() throws IOException {
    JsonNode result =
        DocumentedResult.of(
            "diagnose",
            done(
                "diagnose",
                "--model",
                path("rnn"),
                "--beside",
                path("gru"),
                "--data",
                path("text-data"),
                "--split=train",
                "--steps=7",
                "--sequences=5",
                "--output",
                path("page.html"),
                "--json"));
    JsonNode rnn = result.get("models").get(0);
    assertEquals(path("rnn"), rnn.get("model").textValue());
    assertEquals(1, rnn.get("clipped-share").doubleValue(), "norms are far above 0.01");
    assertEquals(2, rnn.get("layers").size());
    JsonNode layer = rnn.get("layers").get(0);
    assertEquals("layer 1", layer.get("layer").textValue());
    assertEquals(8, layer.get("mean").size());
    assertTrue(layer.get("low").get(3).doubleValue() <= layer.get("high").get(3).doubleValue());
    assertTrue(layer.get("mean").get(0).doubleValue() > 0);
    assertTrue(layer.get("gates").has("|h|"), layer.toString());
    JsonNode gru = result.get("models").get(1);
    assertTrue(gru.get("layers").get(1).get("gates").has("z"), gru.toString());
    assertTrue(Files.readString(folder.resolve("page.html")).contains("<figure "));
  }

  @Test
  void taggersAreShownInBothDirections() {
    JsonNode result =
        DocumentedResult.line(
            done("diagnose", "--model", path("tagger"), "--data", path("tag-data"), "--json"));
    JsonNode layers = result.get("models").get(0).get("layers");
    assertEquals(4, layers.size());
    assertEquals("layer 1, from the end", layers.get(1).get("layer").textValue());
    assertTrue(layers.get(1).get("mean").get(1).doubleValue() > 0, layers.toString());
    String text = done("diagnose", "--model", path("tagger"), "--data", path("tag-data")).out();
    assertTrue(text.contains("norm, layer 2, from the end"), text);
    assertTrue(text.contains("gates, layer 1"), text);
  }

  @Test
  void aModelOfOtherDataIsRefused() {
    Execution execution =
        Execution.of(
            "diagnose", "--model", path("rnn"), "--data", path("tag-data"), "--split=valid", "-q");
    assertEquals(3, execution.code(), execution.err());
    assertTrue(execution.err().startsWith("Cannot use the model "), execution.err());
    assertEquals(2, Execution.of("diagnose", "--model=m", "--data=d", "--steps=0").code());
  }
}
