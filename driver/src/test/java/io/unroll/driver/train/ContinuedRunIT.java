package io.unroll.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.unroll.dataprep.DataException;
import io.unroll.driver.config.ConfigurationException;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.report.ValidationMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Trainings that begin with a model, that end at a limit, and what they leave of their outcome. */
class ContinuedRunIT extends RunsOnSpark {
  private static Path grown;

  @BeforeAll
  static void trainAndLetTheTextGrow() throws IOException {
    assertEquals(
        TrainingOutcome.DONE, train("local[2]", small("first", Map.of()), RunsOnSpark::never));
    Path text = folder.resolve("grown.txt");
    Files.writeString(text, Files.readString(corpus) + "Ω and ∞ are new. ".repeat(60));
    grown = folder.resolve("grown");
    onSpark("local[2]", spark -> prepare(spark, text, grown));
  }

  private static RunConfiguration small(String run, Map<String, String> changes) {
    Map<String, String> settings = new TreeMap<>(Map.of("training.epochs", "2"));
    settings.putAll(changes);
    return configuration(run, settings);
  }

  private static JsonNode outcome(String run) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(run).resolve("outcome.json").toFile());
  }

  private static List<ValidationMetrics> validations(String run) throws IOException {
    return only(ValidationMetrics.class, events(run));
  }

  @Test
  void beginsWithTheModelAndJudgesItFirst() throws IOException {
    String model = folder.resolve("first").toString();
    RunConfiguration again = small("again", Map.of("continue-from", model));
    assertEquals(TrainingOutcome.DONE, train("local[2]", again, RunsOnSpark::never));

    double before = outcome("first").get("best-loss").doubleValue();
    ValidationMetrics first = validations("again").get(0);
    assertEquals(0, first.round());
    assertEquals(before, first.loss());
    JsonNode outcome = outcome("again");
    assertTrue(outcome.get("best-loss").doubleValue() <= before, outcome.toString());
    assertTrue(outcome.get("continued-from").textValue().endsWith("/first/best"));
  }

  @Test
  void neverEndsWithAWorseModelThanItBeganWith() throws IOException {
    String model = folder.resolve("first").toString();
    RunConfiguration worse =
        small(
            "worse",
            Map.of(
                "continue-from", model,
                "optimizer.learning-rate", "0.3",
                "training.max-rounds", "1"));
    assertEquals(TrainingOutcome.DONE, train("local[2]", worse, RunsOnSpark::never));
    List<ValidationMetrics> validations = validations("worse");
    assertTrue(validations.get(validations.size() - 1).loss() > validations.get(0).loss());
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("first/best/model.safetensors")),
        Files.readAllBytes(folder.resolve("worse/best/model.safetensors")));
  }

  @Test
  void newTokensGetRowsAndKnownOnesKeepTheirs() throws IOException {
    RunConfiguration larger =
        small(
            "larger",
            Map.of("data", grown.toString(), "continue-from", folder.resolve("first").toString()));
    assertEquals(TrainingOutcome.DONE, train("local[2]", larger, RunsOnSpark::never));
    TrainedModel before = read("first");
    TrainedModel after = read("larger");
    assertTrue(after.vocabulary().tokens().containsAll(before.vocabulary().tokens()));
    assertTrue(after.vocabulary().tokens().containsAll(List.of("Ω", "∞")));
    assertTrue(validations("larger").size() > 1);
  }

  @Test
  void continuedRunsGoOnToTheSameBytesAfterTheirModelIsGone() throws IOException {
    Path model = folder.resolve("gone");
    assertEquals(
        TrainingOutcome.DONE, train("local[2]", small("gone", Map.of()), RunsOnSpark::never));
    Map<String, String> from = Map.of("continue-from", model.toString());
    assertEquals(TrainingOutcome.DONE, train("local[2]", small("whole", from), RunsOnSpark::never));
    assertEquals(TrainingOutcome.INTERRUPTED, train("local[2]", small("broken", from), () -> true));
    assertEquals("interrupted", outcome("broken").get("outcome").textValue());
    Files.move(model, folder.resolve("moved"));
    assertEquals(
        TrainingOutcome.DONE, train("local[2]", small("broken", from), RunsOnSpark::never));
    assertArrayEquals(parameters("whole"), parameters("broken"));
    assertEquals(validations("whole"), withoutTime(validations("broken"), validations("whole")));
  }

  /** Validations take another time each time. */
  private static List<ValidationMetrics> withoutTime(
      List<ValidationMetrics> validations, List<ValidationMetrics> times) {
    assertEquals(times.size(), validations.size());
    return IntStream.range(0, times.size())
        .mapToObj(
            v -> {
              ValidationMetrics told = validations.get(v);
              return new ValidationMetrics(
                  told.round(),
                  told.epoch(),
                  told.loss(),
                  told.tokens(),
                  told.best(),
                  times.get(v).seconds());
            })
        .toList();
  }

  @Test
  void anotherShapeIsRefusedByName() throws IOException {
    RunConfiguration other =
        small(
            "other-shape",
            Map.of(
                "continue-from", folder.resolve("first").toString(),
                "model.hidden", "17",
                "model.layers", "3"));
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class, () -> train("local[2]", other, RunsOnSpark::never));
    assertEquals(2, refused.problems().size());
    assertTrue(
        refused.problems().get(0).startsWith("Invalid model.layers: 3 (expected "),
        refused.getMessage());
    assertEquals("misconfigured", outcome("other-shape").get("outcome").textValue());
    assertEquals(2, outcome("other-shape").get("exit-code").intValue());
  }

  @Test
  void aDatasetWithoutAllTokensOfTheModelIsRefused() throws IOException {
    RunConfiguration larger =
        small("wide", Map.of("data", grown.toString(), "training.max-rounds", "1"));
    assertEquals(TrainingOutcome.DONE, train("local[2]", larger, RunsOnSpark::never));
    RunConfiguration back =
        small("back", Map.of("continue-from", folder.resolve("wide").toString()));
    String message =
        assertThrows(DataException.class, () -> train("local[2]", back, RunsOnSpark::never))
            .getMessage();
    assertTrue(message.contains("lacks 3 of the model's"), message);
    assertEquals("bad-data", outcome("back").get("outcome").textValue());
    assertEquals(message, outcome("back").get("message").textValue());
  }

  @Test
  void moreEpochsOfAFinishedRunAreThoseOfALongerOne() throws IOException {
    assertEquals(
        TrainingOutcome.DONE, train("local[2]", small("long", Map.of()), RunsOnSpark::never));
    Map<String, String> three = Map.of("training.epochs", "3");
    assertEquals(TrainingOutcome.DONE, train("local[2]", small("long", three), RunsOnSpark::never));
    assertEquals(
        TrainingOutcome.DONE, train("local[2]", small("three", three), RunsOnSpark::never));
    assertArrayEquals(parameters("three"), parameters("long"));
  }

  @Test
  void limitsOfTimeAndLossEndARunThatIsThenDone() throws IOException {
    RunConfiguration soon = small("soon", Map.of("training.max-time", "1ms"));
    assertEquals(TrainingOutcome.DONE, train("local[2]", soon, RunsOnSpark::never));
    JsonNode outcome = outcome("soon");
    assertEquals(1, outcome.get("rounds").intValue());
    assertFalse(outcome.get("best-loss").isNull(), outcome.toString());
    assertEquals(TrainingOutcome.ALREADY_DONE, train("local[2]", soon, RunsOnSpark::never));
    assertEquals("already-done", outcome("soon").get("outcome").textValue());

    RunConfiguration good =
        small("good", Map.of("training.until-loss", "100", "validation.every", "1"));
    assertEquals(TrainingOutcome.DONE, train("local[2]", good, RunsOnSpark::never));
    assertEquals(1, outcome("good").get("rounds").intValue());
    assertNotEquals(1, outcome("first").get("rounds").intValue());
  }

  private static TrainedModel read(String run) {
    return TrainedModel.read(folder.resolve(run).toString(), new Configuration(false));
  }
}
