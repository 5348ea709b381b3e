package io.unroll.driver.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.layer.Cell;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationTextTest {
  private static RunConfiguration configuration(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(Map.of("data", "hdfs://c/d", "run", "runs/my #1: 'x'"));
    all.putAll(settings);
    return RunConfiguration.of(all);
  }

  private static RunConfiguration reread(RunConfiguration configuration) {
    ConfigurationLoader loader = new ConfigurationLoader();
    loader.read("config.yaml", configuration.toYaml());
    return loader.load();
  }

  @Test
  void yamlReadsBackAsTheSameConfiguration() {
    RunConfiguration plain = configuration(Map.of());
    assertEquals(plain.settings(), reread(plain).settings());
    RunConfiguration other =
        configuration(
            Map.of(
                "model.cell", "gru-reset-after",
                "optimizer.learning-rate", "1.25e-7",
                "training.max-rounds", "3",
                "averaging.lanes", "8",
                "checkpoint.every", "90s",
                "sample.prompt", " \"Ü\n\t\\# \u007f\u2028: ",
                "sample.top-k", "40"));
    assertEquals(other.settings(), reread(other).settings());
  }

  @Test
  void yamlHasTheDefaultBesideEveryOtherValue() {
    String yaml = configuration(Map.of("model.hidden", "512", "sample.prompt", "To be")).toYaml();
    assertTrue(yaml.contains("\n  hidden: 512 # default 256\n"), yaml);
    assertTrue(yaml.contains("\n  prompt: \"To be\" # default \"\"\n"), yaml);
    assertTrue(yaml.contains("\n  layers: 2\n"), yaml);
  }

  @Test
  void yamlHasNoSettingWithoutEffect() {
    RunConfiguration plain = configuration(Map.of("optimizer.kind", "sgd"));
    String yaml = plain.toYaml();
    assertFalse(yaml.contains("momentum"), yaml);
    assertTrue(yaml.contains("\n  # state-reset: 0.02 # only on datasets of kind stream\n"), yaml);
    String stream = plain.on(DataKind.STREAM).toYaml();
    assertTrue(stream.contains("\n  state-reset: 0.02\n"), stream);
    String captions = plain.on(DataKind.CAPTIONS).toYaml();
    assertFalse(captions.contains("state-reset"), captions);
    assertFalse(plain.summary().contains("state-reset"), plain.summary());
  }

  @Test
  void summaryHasOneLinePerSection() {
    String summary = configuration(Map.of("model.hidden", "512")).on(DataKind.STREAM).summary();
    assertTrue(
        summary.contains(
            "\nmodel       cell=lstm layers=2 hidden=512 (256) embedding=128 tie-weights=false"
                + " connections=plain dropout=0.0 input-dropout=0.0 locked-dropout=false"
                + " embedding-dropout=0.0 weight-drop=0.0\n"),
        summary);
    assertEquals(10, summary.lines().count());
  }

  @Test
  void everyDefaultParsesToItselfAndIsInRange() {
    for (Setting<?> setting : Settings.all()) {
      setting
          .defaultText()
          .ifPresent(
              text -> {
                assertEquals(setting.defaultValue().get(), setting.parse(text), setting.key());
              });
    }
  }

  @Test
  void cellsHaveTheWorkersNames() {
    for (Cell cell : Cell.values()) {
      assertEquals(cell, ModelSettings.CELL.parse(cell.key()));
    }
  }
}
