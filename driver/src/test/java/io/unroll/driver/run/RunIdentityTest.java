package io.unroll.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.config.ConfigurationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunIdentityTest {
  private static final RunIdentity STORED = Runs.IDENTITY;

  @Test
  void allowsTheSameRun() {
    STORED.requireResumable("file:/run", STORED);
  }

  @Test
  void allowsWhatHasNoPartInTheArithmetic() {
    with(Map.of(
            "data", "hdfs:/moved",
            "run", "hdfs:/run",
            "training.max-rounds", "20",
            "training.patience", "3",
            "validation.every", "5",
            "checkpoint.every", "1m",
            "sample.prompt", "x"))
        .requireResumable("file:/run", STORED);
  }

  @Test
  void namesEverySettingThatDiffers() {
    RunIdentity changed =
        with(
            Map.of(
                "optimizer.learning-rate", "0.004",
                "optimizer.schedule", "cosine",
                "training.epochs", "3",
                "data", "file:/2"));
    var problem =
        assertThrows(
            ConfigurationException.class, () -> changed.requireResumable("file:/run", STORED));
    assertTrue(
        problem
            .getMessage()
            .startsWith(
                "Cannot resume the run in file:/run with other settings; restore them, or give another run directory:"),
        problem.getMessage());
    assertEquals(
        List.of(
            "Invalid optimizer.learning-rate: 0.004 (expected 0.002, with which the run began)",
            "Invalid optimizer.schedule: cosine (expected constant, with which the run began)",
            "Invalid training.epochs: 3 (expected 10, with which the run began)"),
        problem.problems());
  }

  @Test
  void allowsOtherEpochsWhereTheLearningRateDoesNotDependOnThem() {
    RunIdentity stored =
        with(Map.of("optimizer.schedule", "step", "training.epochs", "2", "continue-from", "a"));
    with(Map.of("optimizer.schedule", "step", "training.epochs", "3", "continue-from", "b"))
        .requireResumable("file:/run", stored);
  }

  @Test
  void allowsWhatHadNoEffectInTheOther() {
    RunIdentity earlier = with(Map.of("optimizer.kind", "adam", "optimizer.momentum", "0.8"));
    RunIdentity now = with(Map.of("optimizer.kind", "adam"));
    now.requireResumable("file:/run", earlier);
    RunIdentity other = with(Map.of("optimizer.kind", "momentum", "optimizer.momentum", "0.7"));
    assertEquals(
        List.of("Invalid optimizer.kind: momentum (expected adam, with which the run began)"),
        assertThrows(ConfigurationException.class, () -> other.requireResumable("file:/run", now))
            .problems());
  }

  @Test
  void namesADatasetOfAnotherContent() {
    RunIdentity other = new RunIdentity("ffff", STORED.settings());
    var problem =
        assertThrows(
            ConfigurationException.class, () -> other.requireResumable("file:/run", STORED));
    assertTrue(
        problem
            .getMessage()
            .contains(
                "Invalid data: file:/data/one (expected the dataset that the run began with; the one that is there now has other content)"),
        problem.getMessage());
  }

  private static RunIdentity with(Map<String, String> changes) {
    Map<String, String> settings = new HashMap<>(STORED.settings());
    settings.putAll(changes);
    return new RunIdentity(STORED.dataset(), settings);
  }
}
