package io.unroll.driver.config;

import static java.util.Comparator.reverseOrder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.Pooling;
import io.unroll.worker.model.Connections;
import io.unroll.worker.model.Dropouts;
import io.unroll.worker.model.Summary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ConfigurationLoaderTest {
  private static final String PLACES = "data: d\nrun: r\n";

  private static RunConfiguration load(String yaml, String... pairs) {
    ConfigurationLoader loader = new ConfigurationLoader();
    loader.read("x.yaml", yaml);
    for (String pair : pairs) {
      loader.setPair(pair, "--set");
    }
    return loader.load();
  }

  private static List<String> problems(String yaml, String... pairs) {
    return assertThrows(ConfigurationException.class, () -> load(yaml, pairs)).problems();
  }

  @Test
  void defaultsHoldWhereNothingIsSaid() {
    RunConfiguration configuration = RunConfiguration.of(Map.of("data", "d", "run", "r"));
    assertEquals(
        new ModelSettings(
            Cell.LSTM,
            2,
            256,
            128,
            false,
            Connections.PLAIN,
            true,
            List.of(Pooling.LAST),
            32,
            64,
            Dropouts.NONE,
            new PairModelSettings(
                1,
                256,
                PairModelSettings.Attention.ADDITIVE,
                256,
                false,
                0,
                Summary.START,
                false,
                0)),
        configuration.model());
    assertEquals(OptionalInt.empty(), configuration.averaging().lanes());
    assertEquals(Duration.ofSeconds(30), configuration.checkpoint().every());
    assertEquals(0.002, configuration.optimizer().learningRate());
  }

  @Test
  void commandLineBeatsFileAndFileBeatsDefault() {
    RunConfiguration configuration =
        load(
            PLACES + "model:\n  layers: 3\n  hidden: 64\n  cell: gru-reset-after\n",
            "model.hidden=32");
    assertEquals(3, configuration.model().layers());
    assertEquals(32, configuration.model().hidden());
    assertEquals(Cell.GRU_RESET_AFTER, configuration.model().cell());
  }

  @Test
  void readsEveryKindOfValue() {
    RunConfiguration configuration =
        load(
            PLACES
                + """
                model.tie-weights: true
                model.embedding: 256
                training: {max-rounds: 7, seed: -9000000000}
                optimizer:
                  learning-rate: 4e-3
                  schedule: cosine
                averaging: {lanes: auto, interval: 5}
                validation: {every: epoch, split: test}
                checkpoint: {every: 5m}
                sample: {prompt: "O: \\n", top-p: .9}
                """);
    assertTrue(configuration.model().tieWeights());
    assertEquals(OptionalInt.of(7), configuration.training().maxRounds());
    assertEquals(-9000000000L, configuration.training().seed());
    assertEquals(0.004, configuration.optimizer().learningRate());
    assertEquals(OptimizerSettings.Schedule.COSINE, configuration.optimizer().schedule());
    assertEquals(OptionalInt.empty(), configuration.averaging().lanes());
    assertEquals(Duration.ofMinutes(5), configuration.checkpoint().every());
    assertEquals("O: \n", configuration.sample().prompt());
    assertEquals(0.9, configuration.sample().topP());
  }

  @Test
  void tellsAllProblemsAtOnceWithTheirLines() {
    List<String> problems =
        problems(
            """
            run: r
            model:
              layer: 3
              hidden: many
              dropout: 1
            training:
              window: 0
            modle:
              cell: gru
            """,
            "optimizer.learning-rate=NaN",
            "averaging.lanes");
    assertEquals(
        List.of(
            "x.yaml:3: Unknown setting: model.layer (did you mean model.layers?)",
            "x.yaml:4: Invalid model.hidden: many (expected a whole number, at least 1)",
            "x.yaml:5: Invalid model.dropout: 1 (expected a number, 0 <= value < 1)",
            "x.yaml:7: Invalid training.window: 0 (expected a whole number, at least 1)",
            "x.yaml:8: Unknown section: modle (did you mean model?)",
            "--set: Invalid optimizer.learning-rate: NaN (expected a number, > 0)",
            "--set: Invalid setting: averaging.lanes (expected key=value)",
            "Missing setting: data (dataset directory, as `prep` wrote it)"),
        problems);
  }

  @Test
  void namesTheNearestKeyAlsoWithoutItsSection() {
    assertEquals(
        List.of("--set: Unknown setting: learning_rate (did you mean optimizer.learning-rate?)"),
        problems(PLACES, "learning_rate=1"));
    assertEquals(
        List.of("--set: Unknown setting: traning.epoch (did you mean training.epochs?)"),
        problems(PLACES, "traning.epoch=1"));
    assertEquals(
        List.of("--set: Unknown setting: hiden (did you mean model.hidden?)"),
        problems(PLACES, "hiden=1"));
  }

  @Test
  void namesNoKeyThatIsNotNear() {
    assertEquals(
        List.of(
            "--set: Unknown setting: foo (docs/configuration.md and 'unroll train --help' list all)"),
        problems(PLACES, "foo=1"));
    assertEquals(
        List.of(
            "x.yaml:3: Unknown section: logging (expected one of model, training, optimizer,"
                + " clipping, averaging, validation, checkpoint, sample)"),
        problems(PLACES + "logging: {level: info}\n"));
  }

  @Test
  void rejectsSettingsWithoutEffectAndSaysWhereThatComesFrom() {
    assertEquals(
        List.of(
            "x.yaml:5: Setting without effect: optimizer.momentum (it applies only with"
                + " optimizer.kind momentum, but optimizer.kind is adam, from x.yaml:4). Remove it",
            "x.yaml:7: Setting without effect: sample.top-k (it applies only with sample.length at"
                + " least 1, but sample.length is 0, from --set). Remove it",
            "--set: Setting without effect: optimizer.step-factor (it applies only with"
                + " optimizer.schedule step or plateau, but optimizer.schedule is constant by default)."
                + " Remove it"),
        problems(
            PLACES
                + """
                optimizer:
                  kind: adam
                  momentum: 0.9
                sample:
                  top-k: 40
                """,
            "optimizer.step-factor=0.1",
            "sample.length=0"));
    assertEquals(
        List.of(
            "--set: Setting without effect: optimizer.epsilon (it applies only with optimizer.kind"
                + " rmsprop or adam, but optimizer.kind is sgd, from --set). Remove it"),
        problems(PLACES, "optimizer.kind=sgd", "optimizer.epsilon=1e-8"));
  }

  @Test
  void tellsEveryPlaceOfASettingWithoutEffectAlsoIfItsValueIsWrong() {
    String without =
        "Setting without effect: averaging.outer-momentum (it applies only with averaging.outer"
            + " block-momentum or nesterov, but averaging.outer is mean by default). Remove it";
    assertEquals(
        List.of(
            "--set: Invalid averaging.outer-momentum: 1 (expected a number, 0 <= value < 1)",
            "x.yaml:3: " + without,
            "--set: " + without),
        problems(PLACES + "averaging.outer-momentum: 0.5\n", "averaging.outer-momentum=1"));
  }

  @Test
  void judgesNoSettingByAnotherWhoseValueIsNotKnown() {
    assertEquals(
        List.of("--set: Invalid clipping.kind: no (expected norm or none)"),
        problems(PLACES + "clipping.max-norm: 2\n", "clipping.kind=no"));
    assertEquals(
        1,
        problems("clipping: {kind: [\n", "data=d", "run=r", "averaging.max-overhead=0.1").size());
  }

  @Test
  void rejectsSettingsWithoutEffectOnTheDatasetOnceThatIsOpen() {
    RunConfiguration reset = load(PLACES + "training.state-reset: 0.02\n");
    assertEquals("0.02", reset.on(DataKind.STREAM).settings().get("training.state-reset"));
    assertEquals(
        List.of(
            "x.yaml:3: Setting without effect: training.state-reset (it applies only on datasets of"
                + " kind stream, but this one is of kind captions). Remove it"),
        assertThrows(ConfigurationException.class, () -> reset.on(DataKind.CAPTIONS)).problems());
    RunConfiguration captions = load(PLACES).on(DataKind.CAPTIONS);
    assertFalse(captions.settings().containsKey("training.state-reset"));
  }

  @Test
  void takesSettingsWithoutEffectThatEarlierVersionsStored() {
    Map<String, String> stored = Map.of("data", "d", "run", "r", "optimizer.momentum", "0.8");
    assertFalse(RunConfiguration.ofStored(stored).settings().containsKey("optimizer.momentum"));
  }

  @Test
  void rejectsDuplicateSettings() {
    assertEquals(
        List.of("x.yaml:6: Duplicate setting: model.layers (already at x.yaml:4)"),
        problems(PLACES + "model:\n  layers: 1\n  hidden: 2\n  layers: 3\n"));
    assertEquals(
        List.of("x.yaml:4: Duplicate setting: model.layers (already at x.yaml:3)"),
        problems(PLACES + "model.layers: 1\nmodel: {layers: 2}\n"));
  }

  @Test
  void rejectsValuesOfAnotherShape() {
    assertEquals(
        List.of(
            "x.yaml:3: Invalid model.layers: a list (expected a whole number, at least 1)",
            "x.yaml:4: Invalid training: '3' (expected settings, one 'key: value' in a line)"),
        problems(PLACES + "model: {layers: [1, 2]}\ntraining: 3\n"));
    assertEquals(
        "x.yaml:1: Invalid configuration: a list (expected settings, one 'key: value' in a line)",
        problems("- 1\n").get(0));
  }

  @Test
  void rejectsAMisspeltFileAndStillChecksTheCommandLine() {
    List<String> problems =
        problems("model: {layers: 1\nrun: r\n", "data=d", "run=r", "model.layers=0");
    assertEquals(2, problems.size());
    assertTrue(problems.get(0).startsWith("x.yaml:2: Cannot read YAML: "), problems.get(0));
    assertEquals(
        "--set: Invalid model.layers: 0 (expected a whole number, at least 1)", problems.get(1));
  }

  @Test
  void rejectsABadValueInTheFileEvenIfTheCommandLineReplacesIt() {
    assertEquals(
        List.of("x.yaml:3: Invalid model.layers: two (expected a whole number, at least 1)"),
        problems(PLACES + "model.layers: two\n", "model.layers=2"));
  }

  @Test
  void rejectsTiedWeightsOfDifferentSizesAtTheirLineUnlessPairsAreTrained() {
    RunConfiguration tied = load("data: d\nrun: r\nmodel.tie-weights: true\n");
    ConfigurationException refusal =
        assertThrows(ConfigurationException.class, () -> tied.on(DataKind.CAPTIONS));
    assertEquals(
        List.of(
            "x.yaml:3: Invalid model.tie-weights: true (expected false, or model.embedding ="
                + " model.hidden, but they are 128 and 256)"),
        refusal.problems());
    assertTrue(tied.on(DataKind.PAIRS).model().tieWeights());
  }

  @Test
  void rejectsAReversedSourceWithAttention() {
    assertEquals(
        List.of(
            "x.yaml:3: Invalid model.reverse-source: true (expected false with model.attention"
                + " additive)",
            "Missing setting: run (run directory, made or continued)"),
        problems("data: d\n\nmodel.reverse-source: true\n").stream()
            .sorted(reverseOrder())
            .toList());
  }

  @Test
  void rejectsNumbersThatAreNoneInYaml() {
    for (String text : List.of("Infinity", "1d", "0x10", "1e999", "", "1,5", "none")) {
      assertEquals(1, problems(PLACES, "optimizer.epsilon=" + text).size(), text);
    }
    for (String text : List.of("30", "-5s", "1 m", "s", "1.5h", "99999999999999999999s")) {
      assertEquals(1, problems(PLACES, "checkpoint.every=" + text).size(), text);
    }
  }

  @Test
  void recordsRefuseWhatTheLoaderRefuses() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ClippingSettings(ClippingSettings.Kind.NORM, Double.NaN));
    assertEquals("Invalid clipping.max-norm: NaN (expected a number, > 0)", refusal.getMessage());
  }

  @Test
  void takesTheWaysInWhichYamlWritesNumbersAndSwitches() {
    RunConfiguration configuration =
        load(
            PLACES
                + """
                model: {hidden: 1_024, embedding: 32.0, layers: +3, tie-weights: False}
                training: {seed: 1e3, max-rounds: 6e1}
                optimizer: {kind: momentum, learning-rate: 1_0e-3, nesterov: TRUE}
                checkpoint.every: 1_000ms
                """,
            "training.batch=1_0",
            "averaging.interval=2e1");
    assertEquals(1024, configuration.model().hidden());
    assertEquals(32, configuration.model().embedding());
    assertEquals(3, configuration.model().layers());
    assertEquals(1000, configuration.training().seed());
    assertEquals(OptionalInt.of(60), configuration.training().maxRounds());
    assertEquals(0.01, configuration.optimizer().learningRate());
    assertTrue(configuration.optimizer().nesterov());
    assertEquals(Duration.ofSeconds(1), configuration.checkpoint().every());
    assertEquals(10, configuration.training().batch());
    assertEquals(OptionalInt.of(20), configuration.averaging().interval());
  }

  @Test
  void refusesWhatIsNoWholeNumberOrNoSwitchToEverybody() {
    for (String text :
        List.of(
            "１６", "١٦", "1.5", "1__0", "_1", "1_", "0x10", "0o10", "1e-1", "1e999999999", "16L")) {
      assertEquals(
          List.of(
              "--set: Invalid model.hidden: %s (expected a whole number, at least 1)"
                  .formatted(text)),
          problems(PLACES, "model.hidden=" + text));
    }
    for (String text : List.of("yes", "Yes", "on", "no", "off", "y", "1", "tRUE")) {
      assertEquals(
          List.of("--set: Invalid model.tie-weights: %s (expected true or false)".formatted(text)),
          problems(PLACES, "model.tie-weights=" + text));
    }
    for (String text : List.of("０.５", "1_000_", "٠٫٥")) {
      assertEquals(1, problems(PLACES, "model.dropout=" + text).size(), text);
    }
    assertEquals(1, problems(PLACES, "checkpoint.every=３0s").size());
  }

  /** Eight in YAML 1.1, ten in YAML 1.2. */
  @Test
  void refusesALeadingZeroAndSaysHowToWriteIt() {
    assertEquals(
        List.of(
            "x.yaml:3: Invalid model.hidden: 010 (expected a whole number, at least 1, without a"
                + " leading zero: 10, or 8, which YAML 1.1 takes it for)"),
        problems(PLACES + "model.hidden: 010\n"));
    assertEquals(
        List.of(
            "--set: Invalid checkpoint.every: 08s (expected a duration such as 30s, 5m or 2h,"
                + " without a leading zero: 8)"),
        problems(PLACES, "checkpoint.every=08s"));
    assertEquals(0.0, load(PLACES + "model.dropout: 0.0\n").model().dropout().layers());
    assertEquals(0, load(PLACES + "training.patience: 0\n").training().patience());
  }

  @Test
  void nullStandsForNothingWhereThatIsTheDefault() {
    for (String none : List.of("null", "~", "Null", "NULL", "")) {
      RunConfiguration configuration =
          load(
              PLACES
                  + "sample.prompt: %1$s\ntraining.max-rounds: %1$s\naveraging: {lanes: %1$s}\n"
                      .formatted(none));
      assertEquals("", configuration.sample().prompt());
      assertEquals(OptionalInt.empty(), configuration.training().maxRounds());
      assertEquals(OptionalInt.empty(), configuration.averaging().lanes());
    }
    assertEquals(OptionalInt.empty(), load(PLACES, "training.max-rounds=~").training().maxRounds());
    assertEquals("null", load(PLACES + "sample.prompt: 'null'\n").sample().prompt());
    assertEquals("~", load(PLACES, "sample.prompt=~").sample().prompt());
    assertEquals(
        List.of(
            "x.yaml:3: Invalid model.hidden: ~ (expected a whole number, at least 1)",
            "x.yaml:4: Invalid averaging.interval: null (expected a whole number or auto, at least"
                + " 1)"),
        problems(PLACES + "model.hidden: ~\naveraging.interval: null\n"));
    assertEquals(
        List.of("x.yaml:1: Invalid data: null (expected a text, not empty, without a password)"),
        problems("data: null\nrun: r\n"));
  }

  @Test
  void sectionsMayHaveCommentsOnly() {
    RunConfiguration configuration =
        load(PLACES + "model:\n  # hidden: 3\n  # layers: 2\ntraining:\nsample: {}\n");
    assertEquals(256, configuration.model().hidden());
    assertEquals("d", load("# nothing yet\n", "data=d", "run=r").data());
  }
}
