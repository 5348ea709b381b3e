package io.unroll.driver.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.config.RunConfiguration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RunDescriptionTest {
  @Test
  void takesSettingsAndNormFromConfiguration() {
    RunDescription run =
        describe(Map.of("data", "d", "run", "r", "model.layers", "3", "clipping.max-norm", "5"));
    assertEquals(OptionalDouble.of(5), run.maxNorm());
    var layers = run.settings().stream().filter(s -> s.key().equals("model.layers")).findFirst();
    assertEquals(
        Optional.of(new RunDescription.EffectiveSetting("model.layers", "3", Optional.of("2"))),
        layers);
    assertTrue(layers.orElseThrow().changed());
    assertEquals("model", layers.orElseThrow().section());
    assertEquals("", run.settings().get(0).section());
  }

  @Test
  void hasNoNormWithoutClipping() {
    RunDescription run = describe(Map.of("data", "d", "run", "r", "clipping.kind", "none"));
    assertEquals(OptionalDouble.empty(), run.maxNorm());
  }

  private static RunDescription describe(Map<String, String> settings) {
    return RunDescription.of("title", "summary", TokenUnit.WORD, 7, RunConfiguration.of(settings));
  }
}
