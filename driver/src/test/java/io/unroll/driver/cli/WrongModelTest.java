package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.model.SmallModel;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say of a model that is none, or that cannot be used. */
class WrongModelTest {
  @TempDir private Path folder;

  private Execution sample(Path model) {
    return Execution.of("sample", "--length", "3", "--model", model.toString());
  }

  private String shown(Execution execution) {
    return execution.err().replace("file:///", "file:/").replace(folder.toString(), "DIR").strip();
  }

  private void assertRefused(String model, String why) {
    Execution execution = sample(folder.resolve(model));
    assertEquals(3, execution.code());
    assertEquals("Cannot use the model file:DIR/" + model + ": " + why, shown(execution));
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  @Test
  void aFileOfAModelIsToldFromAnotherFile() throws IOException {
    SmallModel.write(folder.resolve("m"), SmallModel.parameters());
    for (String file : List.of("model.safetensors", "model.json", "vocabulary.json")) {
      assertRefused(
          "m/" + file, "it is one file of a model; give its directory: --model file:DIR/m");
    }
    write("text.txt", "to be");
    assertRefused(
        "text.txt",
        "it is a file (expected the directory of a model, of a run with a best model, or of a registry)");
    write("net.zip", "PK\u0003\u0004");
    assertRefused(
        "net.zip",
        "it is a zip file (expected the directory of a model, of a run with a best model, or of a registry)."
            + " `import --format dl4j` makes a model of one that Deeplearning4j wrote");
  }

  @Test
  void aDatasetIsNamed() throws IOException {
    write("d/manifest.json", "{}");
    write("d/vocabulary.json", "{}");
    assertRefused(
        "d",
        "it is a dataset (expected the directory of a model, of a run with a best model, or of a registry)."
            + " Datasets go with --data");
    assertRefused(
        "d/vocabulary.json",
        "it is a file of a dataset (expected the directory of a model, of a run with a best"
            + " model, or of a registry)");
  }

  @Test
  void checkpointsAndRunsWithoutAModelAreNamedWithTheRemedy() throws IOException {
    String round = "runs/x/checkpoints/round-000001";
    write(round + "/checkpoint.json", "{}");
    write(round + "/model.safetensors", "");
    write("runs/x/config.yaml", "");
    String remedy =
        "To make a model of a checkpoint, type: export --format unroll --checkpoint file:DIR/";
    assertRefused(round, "it is a checkpoint. " + remedy + round + " --output URI");
    assertRefused(
        round + "/model.safetensors",
        "it is a file of a checkpoint. " + remedy + round + " --output URI");
    String noBest =
        "file:DIR/runs/x is a run without a best model: the first validation writes it. "
            + remedy
            + "runs/x --output URI";
    assertRefused("runs/x", noBest);
    assertRefused("runs/x/best", "it does not exist, and " + noBest);
    assertRefused(
        "runs",
        "it has no model.json, so it is no model, and no best/, so it is no run with a best model");
    SmallModel.write(folder.resolve("runs/x/best"), SmallModel.parameters());
    assertRefused("runs", "it is neither a model nor a run. Did you mean --model file:DIR/runs/x?");
    assertRefused("runs/x/bset", "it does not exist. Did you mean --model file:DIR/runs/x?");
    assertRefused(
        "runs/x/config.yaml", "it is a file of a run; give its directory: --model file:DIR/runs/x");
  }

  @Test
  void aModelLargerThanTheMemoryIsRefusedWithItsSize() throws IOException {
    Assumptions.assumeTrue(Runtime.getRuntime().maxMemory() < 8L << 30, "this heap is huge");
    SmallModel.write(folder.resolve("m"), SmallModel.parameters());
    SmallModel.describe(
        folder.resolve("m"),
        new LanguageArchitecture(Cell.LSTM, SmallModel.VOCABULARY.size(), 3, 23_000, 1, 0, false));
    Execution execution = sample(folder.resolve("m"));
    assertEquals(1, execution.code());
    assertTrue(
        shown(execution)
            .startsWith(
                "Cannot use the model file:DIR/m of 2,116,529,012 parameters: at least 7.9 GiB are"
                    + " needed, but this process has "),
        shown(execution));
  }

  @Test
  void parametersThatAreTooLargeToCountWithAreBadData() throws IOException {
    float[] parameters = SmallModel.parameters();
    Arrays.fill(parameters, 3e38f);
    Execution execution = sample(SmallModel.write(folder.resolve("m"), parameters));
    assertEquals(3, execution.code());
    assertTrue(
        shown(execution).endsWith("(expected finite logits; its parameters are too large)"),
        shown(execution));
  }

  @Test
  void aReportOnAModelSaysWhatIsExpected() throws IOException {
    SmallModel.write(folder.resolve("m"), SmallModel.parameters());
    Execution report = Execution.of("report", "--run", folder.resolve("m").toString());
    assertEquals(3, report.code());
    assertTrue(
        shown(report).contains("it is a model (expected the directory of a run"), shown(report));
  }

  @Test
  void aParameterThatIsNotFiniteIsNamed() throws IOException {
    float[] parameters = SmallModel.parameters();
    parameters[parameters.length - 1] = Float.NaN;
    Execution execution = sample(SmallModel.write(folder.resolve("m"), parameters));
    assertEquals(3, execution.code());
    assertEquals(
        "Cannot read file:DIR/m/model.safetensors: element [2] of tensor output.bias is NaN"
            + " (expected finite parameters)",
        shown(execution));
  }
}
