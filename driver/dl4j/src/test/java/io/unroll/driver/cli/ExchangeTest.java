package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.run.ModelDirectory;
import io.unroll.driver.run.Storage;
import io.unroll.driver.train.TrainingRun;
import io.unroll.worker.format.ModelDescription;
import io.unroll.worker.format.ModelFiles;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands export and import, with the format that this module has. */
class ExchangeTest {
  private static final Vocabulary VOCABULARY =
      new Vocabulary(new CharTokenizer(1), List.of("a", "b", "c", "d"));

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeModel() {
    write("model", new LanguageArchitecture(Cell.LSTM, 4, 3, 5, 2, 0.25, false));
  }

  @Test
  void modelsGoOutAndComeBack() {
    assertEquals(0, export("model", "network.zip"), err.toString());
    assertEquals(uri("network.zip"), out.toString().strip());
    assertEquals(0, take("network.zip", "model/vocabulary.json", "back"), err.toString());
    TrainedModel before = TrainedModel.read(path("model"), new Configuration(false));
    TrainedModel after = TrainedModel.read(path("back"), new Configuration(false));
    assertEquals(before.architecture(), after.architecture());
    assertEquals(before.vocabulary().fingerprint(), after.vocabulary().fingerprint());
    assertArrayEquals(biasesAdded(before), after.parameters());
  }

  @Test
  void resultsAreJsonIfAskedFor() {
    assertEquals(0, export("model", "network.zip", "--json"), err.toString());
    assertEquals(
        "{'command':'export','model':'%s','checkpoint':null,'format':'dl4j','output':'%s','verified-difference':null,'files':['%s']}"
            .formatted(path("model"), uri("network.zip"), uri("network.zip"))
            .replace('\'', '"'),
        out.toString().strip());
    out.getBuffer().setLength(0);
    assertEquals(0, take("network.zip", "model/vocabulary.json", "back", "--json"), err.toString());
    assertEquals(
        "{'command':'import','model':'%s','format':'dl4j','vocabulary':'%s','output':'%s'}"
            .formatted(path("network.zip"), path("model/vocabulary.json"), uri("back"))
            .replace('\'', '"'),
        out.toString().strip());
  }

  @Test
  void nothingIsReplacedUnlessAsked() {
    assertEquals(0, export("model", "network.zip"), err.toString());
    assertEquals(2, export("model", "network.zip"));
    assertEquals(
        "Cannot write %s: it is there; choose another output, or replace it with --overwrite"
            .formatted(uri("network.zip")),
        err.toString().strip());
    assertEquals(0, export("model", "network.zip", "--overwrite"), err.toString());
    err.getBuffer().setLength(0);
    assertEquals(2, take("network.zip", "model/vocabulary.json", "model"));
    assertEquals(
        "Cannot write %s: a model is there; choose another output, or replace it with --overwrite"
            .formatted(uri("model")),
        err.toString().strip());
  }

  @Test
  void oddNamesAreNames() {
    String odd = "12:30 [v1] {x,y} 100%25 %s back\\slash #h 'q\".zip";
    assertEquals(0, export("model", odd), err.toString());
    assertEquals(uri(odd), out.toString().strip());
    assertEquals(0, take(odd, "model/vocabulary.json", "a:b"), err.toString());
    assertTrue(Files.exists(folder.resolve("a:b").resolve("model.json")));
  }

  @Test
  void aLinkThatTheUserNamesIsFollowed() throws IOException {
    Path file = Files.writeString(folder.resolve("file.zip"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.zip"), file);
    assertEquals(0, export("model", "link.zip", "--overwrite"), err.toString());
    assertEquals(uri("file.zip"), out.toString().strip());
    assertTrue(Files.isSymbolicLink(link));
    Files.delete(file);
    assertEquals(1, export("model", "link.zip", "--overwrite"));
    assertTrue(
        err.toString().strip().endsWith("which is not there (mend or remove the link)"),
        err.toString());
    assertTrue(Files.isSymbolicLink(link));
  }

  @Test
  void aTiedWeightIsSaidToBeThereTwice() {
    write("tied", new LanguageArchitecture(Cell.GRU, 4, 5, 5, 1, 0, true));
    assertEquals(0, export("tied", "tied.zip"), err.toString());
    assertTrue(err.toString().contains("The tied weight is there twice"), err.toString());
  }

  @Test
  void vocabulariesOfAnotherSizeAreRefused() throws IOException {
    assertEquals(0, export("model", "network.zip"), err.toString());
    Vocabulary small = new Vocabulary(new CharTokenizer(1), List.of("a", "b"));
    Files.writeString(folder.resolve("small.json"), small.toJson());
    assertEquals(3, take("network.zip", "small.json", "back"));
    assertEquals(
        "Cannot use %s: it has 2 tokens, but the network in %s has a vocabulary of 4"
            .formatted(path("small.json"), path("network.zip")),
        err.toString().strip());
    assertFalse(Files.exists(folder.resolve("back")));
  }

  @Test
  void whatIsNoNetworkIsRefusedAndNothingIsWritten() throws IOException {
    Files.writeString(folder.resolve("text.zip"), "text");
    assertEquals(3, take("text.zip", "model/vocabulary.json", "back"));
    assertEquals(
        "Cannot read %s: it has no configuration.json (expected a zip of Deeplearning4j's ModelSerializer)"
            .formatted(uri("text.zip")),
        err.toString().strip());
    assertFalse(Files.exists(folder.resolve("back")));
  }

  private int export(String model, String output, String... more) {
    String[] arguments = {
      "export", "--model", path(model), "--format", "dl4j", "--output", path(output)
    };
    return run(arguments, more);
  }

  private int take(String file, String vocabulary, String output, String... more) {
    String[] arguments = {
      "import",
      "--model",
      path(file),
      "--format",
      "dl4j",
      "--vocabulary",
      path(vocabulary),
      "--output",
      path(output)
    };
    return run(arguments, more);
  }

  private int run(String[] arguments, String... more) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(more));
    return Unroll.commandLine(TrainingRun::run)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private String uri(String name) {
    return "file:" + path(name);
  }

  private void write(String name, LanguageArchitecture architecture) {
    float[] parameters = LanguageModel.layout(architecture).initialParameters(1);
    var description = ModelDescription.ofTokens(architecture, VOCABULARY.fingerprint());
    try (Storage storage = Storage.open(folder.toString(), new Configuration(false))) {
      ModelDirectory.write(
          storage,
          name,
          to -> ModelFiles.writeParameters(to, architecture, parameters),
          to -> to.write(VOCABULARY.toJson().getBytes(StandardCharsets.UTF_8)),
          to -> ModelFiles.writeDescription(to, description));
    }
  }

  /** A network has their sum only, which comes back as the first of the two. */
  private static float[] biasesAdded(TrainedModel model) {
    float[] parameters = model.parameters().clone();
    for (int layer = 0; layer < model.architecture().stack().layers(); layer++) {
      var layout = model.architecture().layout();
      var input = layout.tensor("rnn.bias_ih_l" + layer);
      var recurrent = layout.tensor("rnn.bias_hh_l" + layer);
      for (int k = 0; k < input.size(); k++) {
        parameters[input.offset() + k] += parameters[recurrent.offset() + k];
        parameters[recurrent.offset() + k] = 0;
      }
    }
    return parameters;
  }
}
