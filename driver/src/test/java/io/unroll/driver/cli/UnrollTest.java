package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.config.Setting;
import io.unroll.driver.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnrollTest {
  @TempDir private Path folder;

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private static void assertRefused(int code, String message, Execution execution) {
    assertEquals(message, execution.err().strip());
    assertEquals(code, execution.code());
    assertEquals("", execution.out());
  }

  @Test
  void helpListsTheCommandsAndExitCodes() {
    Execution help = Execution.of("--help");
    assertEquals(0, help.code());
    for (String text :
        List.of(
            "prep",
            "train",
            "evaluate",
            "promote",
            "registry",
            "sample",
            "export",
            "import",
            "benchmark",
            "report",
            "10 kept the model in service",
            "75 interrupted")) {
      assertTrue(help.out().contains(text), help.out());
    }
  }

  @Test
  void helpOfTrainHasEverySettingWithItsDefaultAndRange() {
    String help = Execution.of("train", "--help").out().replaceAll("\\s+", " ");
    for (Setting<?> setting : Settings.all()) {
      assertTrue(help.contains("--" + setting.key() + "="), setting.key());
      assertTrue(help.contains(setting.expected()), setting.key());
      String value = setting.defaultText().map(text -> "default: " + text + ";").orElse("");
      assertTrue(help.contains(value), setting.key());
      String only = setting.isConditional() ? "; only " + setting.condition().text() + ")" : ")";
      String end = (setting.expected() + only).replace(" ", ""); // a line may end within a key
      assertTrue(help.replace(" ", "").contains(end), setting.key());
    }
  }

  @Test
  void helpOfEveryCommandStaysWithinItsWidth() {
    for (String command :
        List.of(
            "prep",
            "train",
            "evaluate",
            "promote",
            "registry",
            "registry list",
            "registry rollback",
            "registry prune",
            "sample",
            "export",
            "import",
            "benchmark",
            "report")) {
      Execution help = Execution.of((command + " --help").split(" "));
      assertEquals(0, help.code());
      help.out().lines().forEach(line -> assertTrue(line.length() <= 100, line));
    }
  }

  @Test
  void roundsAreToldAtLeastNowAndThen() {
    Execution train = Execution.of("train", "--data=d", "--run=r", "--log-every=0");
    assertEquals(2, train.code());
    assertTrue(train.err().startsWith("Invalid --log-every: 0 (expected at least 1)"), train.err());
  }

  @Test
  void rejectsUnknownCommandsAndOptions() {
    assertRefused(
        2,
        """
        Unmatched argument at index 0: 'trian'
        Did you mean: unroll train or unroll diagnose or unroll analogies?
        Try: unroll --help\
        """,
        Execution.of("trian"));
    Execution option = Execution.of("train", "--confg", "x");
    assertEquals(2, option.code());
    assertTrue(option.err().contains("'--confg'"), option.err());
    assertTrue(option.err().contains("--config"), option.err());
    assertEquals(2, Execution.of().code());
  }

  @Test
  void tellsAllProblemsOfAConfigurationWithoutStackTrace() throws IOException {
    String config = file("x.yaml", "run: r\nmodel:\n  layer: 2\n  hidden: 0\n");
    assertRefused(
        2,
        """
        6 problems in the configuration:
          %1$s:3: Unknown setting: model.layer (did you mean model.layers?)
          %1$s:4: Invalid model.hidden: 0 (expected a whole number, at least 1)
          command line: Unknown setting: optimiser.kind (did you mean optimizer.kind?)
          command line: Unknown setting: model.layrs (did you mean model.layers?)
          command line: Invalid training.epochs: x (expected a whole number, at least 1)
          Missing setting: data (dataset directory, as `prep` wrote it)\
        """
            .formatted(config),
        Execution.of(
            "train",
            "--config",
            config,
            "--training.epochs",
            "x",
            "--model.layrs",
            "2",
            "--set",
            "optimiser.kind=adam"));
  }

  @Test
  void rejectsAConfigurationFileThatIsNotThereOrNoText() throws IOException {
    assertRefused(
        2,
        "Cannot read --config nowhere.yaml: no such file",
        Execution.of("train", "--config", "nowhere.yaml"));
    Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {'a', (byte) 0xff});
    assertRefused(
        2,
        "Cannot read --config %s: not UTF-8 at byte offset 1".formatted(binary),
        Execution.of("train", "--config", binary.toString()));
  }

  @Test
  void printsTheEffectiveConfigurationBesideTheDefaults() throws IOException {
    String config = file("x.yaml", "data: d\nrun: r\nmodel: {layers: 3, hidden: 16}\n");
    Execution print =
        Execution.of("train", "--config", config, "--model.hidden", "32", "--print-config");
    assertEquals(0, print.code());
    assertTrue(print.out().contains("  layers: 3 # default 2\n"), print.out());
    assertTrue(print.out().contains("  hidden: 32 # default 256\n"), print.out());
  }

  @Test
  void rejectsPrepOptionsThatDoNotGoTogether() {
    Execution coco =
        Execution.of(
            "prep", "--kind", "coco", "--input", "x", "--output", "y", "--tokenizer", "char");
    assertEquals(2, coco.code());
    assertTrue(
        coco.err().startsWith("Invalid --tokenizer: --kind coco has no such option"), coco.err());
    Execution text = Execution.of("prep", "--kind", "text", "--input", "x", "--output", "y");
    assertEquals(2, text.code());
    assertTrue(
        text.err().startsWith("Missing --tokenizer (expected char, word, word-punctuation or bpe)"),
        text.err());
    Execution fractions =
        Execution.of(
            "prep",
            "--kind",
            "text",
            "--tokenizer",
            "char",
            "--input",
            "x",
            "--output",
            "y",
            "--fractions",
            "0.9,0.2");
    assertEquals(2, fractions.code());
    assertTrue(fractions.err().startsWith("Invalid fractions: 0.9/0.2/0.0"), fractions.err());
  }

  @Test
  void rejectsSamplesOfImpossibleSettings() {
    for (String[] option :
        new String[][] {
          {"--temperature", "0"}, {"--top-p", "1.5"}, {"--top-k", "-1"}, {"--length", "0"}
        }) {
      Execution sample = Execution.of("sample", "--model", "m", option[0], option[1]);
      assertEquals(2, sample.code());
      assertTrue(sample.err().startsWith("Invalid " + option[0].substring(2)), sample.err());
    }
  }

  @Test
  void namesTheFormatsOfEachDirection() {
    assertRefused(
        2,
        "Invalid --format: keras (expected dl4j, onnx, safetensors or unroll)",
        Execution.of("export", "--model", "m", "--format", "keras", "--output", "o"));
    for (String format : List.of("keras", "onnx", "unroll")) {
      assertRefused(
          2,
          "Invalid --format: %s (expected dl4j or safetensors)".formatted(format),
          Execution.of(
              "import", "--model", "m", "--format", format, "--vocabulary", "v", "--output", "o"));
    }
  }

  @Test
  void namesTheJarThatHasDeeplearning4j() {
    String message =
        "Cannot use --format dl4j: this application jar is without Deeplearning4j. Take the one"
            + " that has it: export"
            + " UNROLL_JAR=driver/dl4j/target/unroll-driver-dl4j-VERSION-app.jar, or submit that"
            + " jar";
    assertRefused(
        2, message, Execution.of("export", "--model", "m", "--format", "dl4j", "--output", "o"));
    assertRefused(
        2,
        message,
        Execution.of(
            "import", "--model", "m", "--format", "dl4j", "--vocabulary", "v", "--output", "o"));
  }

  @Test
  void aNetworkNeedsARuntimeThatThisJarMayBeWithout() {
    assertRefused(
        2,
        "Cannot use images: this application jar is without ONNX Runtime. Take the one that has"
            + " it: export UNROLL_JAR=driver/onnx/target/unroll-driver-onnx-VERSION-app.jar, or"
            + " submit that jar",
        Execution.of("images", "--input", "i", "--network", "n", "--output", "o"));
  }

  @Test
  void modelsAndRunsThatAreNotThereAreBadData() {
    Execution sample = Execution.of("sample", "--model", folder.resolve("none").toString());
    assertEquals(3, sample.code());
    assertTrue(sample.err().startsWith("Cannot use the model file:"), sample.err());
    assertFalse(sample.err().contains("\tat "), sample.err());
    Execution report = Execution.of("report", "--run", folder.toString());
    assertEquals(3, report.code());
    assertTrue(report.err().startsWith("Cannot report on "), report.err());
  }

  @Test
  void aTextBehindAnEqualsSignMayLookLikeAnOption() {
    for (String prompt : List.of("--length", "--length=3", "-h", "--", "-")) {
      Execution sample = Execution.of("sample", "--prompt=" + prompt, "--model=m", "--length=0");
      assertEquals("Invalid length: 0 (expected at least 1)", sample.err().lines().toList().get(0));
      Execution train =
          Execution.of(
              "train", "--data=d", "--run=r", "--sample.prompt=" + prompt, "--print-config");
      assertEquals(0, train.code(), train.err());
      assertTrue(train.out().contains("  prompt: \"%s\"".formatted(prompt)), train.out());
    }
    Execution apart = Execution.of("sample", "--model", "m", "--prompt", "--length", "5");
    assertEquals(2, apart.code());
    assertTrue(
        apart.err().contains("Expected parameter for option '--prompt' but found '--length'"),
        apart.err());
  }

  @Test
  void numbersOfOptionsAreReadAsThoseOfConfigurations() {
    Execution taken =
        Execution.of("sample", "--model=m", "--seed=1_000", "--top-k=1e1", "--length=0.0");
    assertEquals("Invalid length: 0 (expected at least 1)", taken.err().lines().toList().get(0));
    for (String refused : List.of("１６", "1.5", "0x10")) {
      Execution sample = Execution.of("sample", "--model=m", "--length=" + refused);
      assertEquals(2, sample.code());
      assertTrue(
          sample.err().contains("'%s' is not a whole number\n".formatted(refused)), sample.err());
    }
    Execution octal = Execution.of("sample", "--model=m", "--length=010");
    assertTrue(
        octal.err().contains("is not a whole number without a leading zero: 10, or 8"),
        octal.err());
    Execution decimal = Execution.of("sample", "--model=m", "--temperature=０.５");
    assertTrue(decimal.err().contains("'０.５' is not a number"), decimal.err());
  }
}
