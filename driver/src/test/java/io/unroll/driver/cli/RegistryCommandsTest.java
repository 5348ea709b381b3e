package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.unroll.driver.model.SmallModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry by the commands that need no Spark; with Spark they are in PromoteIT. */
class RegistryCommandsTest {
  @TempDir private Path folder;

  private String registry() {
    return folder.resolve("r").toString();
  }

  private Execution promote(int model, String... more) throws IOException {
    float[] parameters = SmallModel.parameters();
    parameters[0] = model;
    Path directory = SmallModel.write(folder.resolve("m" + model), parameters);
    List<String> arguments =
        new ArrayList<>(
            List.of("promote", "--model", directory.toString(), "--registry", registry()));
    arguments.addAll(List.of(more));
    return Execution.of(arguments.toArray(String[]::new));
  }

  private Execution registry(String command, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("registry", command, "--registry", registry()));
    arguments.addAll(List.of(more));
    return Execution.of(arguments.toArray(String[]::new));
  }

  private static void assertDone(String out, Execution execution) {
    assertEquals(0, execution.code(), execution.err());
    assertEquals(out, execution.out());
  }

  private String version(int number) {
    return "file:" + registry() + "/versions/00000" + number;
  }

  @Test
  void aRegistryLives() throws IOException {
    assertDone("Promoted: the champion is now %s\n".formatted(version(1)), promote(1));
    assertDone(
        "Nothing to do: this model is the champion already, %s\n".formatted(version(1)),
        promote(1));
    Execution other = promote(1, "--run-id=night 1");
    assertEquals(10, other.code(), other.err());
    assertEquals(
        "Kept: the champion is still %s (the run ended with the same model)\n"
            .formatted(version(1)),
        other.out());
    promote(2, "--run-id=night 2");
    assertDone(
        "The champion is now %s, the previous one is versions/000002\n".formatted(version(1)),
        registry("rollback"));
    assertDone(
        "Nothing to do: run night 2 promoted this model before, as %s, and it was replaced since (`registry rollback` takes it back)\n"
            .formatted(version(2)),
        promote(2, "--run-id=night 2"));
    promote(3);
    assertDone("Removed %s\n".formatted(version(2)), registry("prune", "--keep=1"));
    String list = registry("list").out();
    assertEquals(3, list.lines().count(), list);
    assertTrue(list.matches("(?s).*\n000001 +\\S+Z +- +- +- +previous\n.*"), list);
    assertTrue(list.matches("(?s).*\n000003 +\\S+Z +- +- +- +champion\n"), list);
    Execution sample = Execution.of("sample", "--model", registry(), "--length=3");
    assertEquals(0, sample.code(), sample.err());
  }

  @Test
  void everyResultIsDocumented() throws IOException {
    JsonNode promoted = DocumentedResult.of("promote", promote(1, "--json"));
    assertEquals("promoted", promoted.get("outcome").textValue());
    assertEquals(1, promoted.get("version").intValue());
    assertTrue(promoted.get("champion-loss").isNull());
    promote(2, "--run-id=night 2");
    JsonNode list = DocumentedResult.of("registry list", registry("list", "--json"));
    assertEquals(2, list.get("champion").intValue());
    assertEquals(1, list.get("previous").intValue());
    assertEquals("night 2", list.at("/versions/1/run-id").textValue());
    assertEquals("whole", list.at("/versions/0/state").textValue());
    JsonNode rollback = DocumentedResult.of("registry rollback", registry("rollback", "--json"));
    assertEquals(1, rollback.get("champion").intValue());
    assertEquals(version(1), rollback.get("path").textValue());
    promote(3);
    JsonNode pruned =
        DocumentedResult.of("registry prune", registry("prune", "--keep=1", "--json"));
    assertEquals("[1,3]", pruned.get("kept").toString());
    assertEquals("[2]", pruned.get("removed").toString());
  }

  @Test
  void listsWhatIsDamagedOrUnfinishedAsSuch() throws IOException {
    promote(1);
    promote(2);
    promote(3);
    Path versions = folder.resolve("r/versions");
    Path parameters = versions.resolve("000001/model.safetensors");
    byte[] bytes = Files.readAllBytes(parameters);
    bytes[bytes.length - 1] ^= 1;
    Files.write(parameters, bytes);
    Files.writeString(versions.resolve("000002/model.json"), "{");
    Files.createDirectory(versions.resolve("000004"));
    String list = registry("list").out();
    assertTrue(list.contains("000001    20"), list);
    assertTrue(list.contains("000002    damaged: Cannot use the model " + version(2)), list);
    assertTrue(list.contains("versions/000002/model.json has 1 bytes instead of"), list);
    assertTrue(list.contains("; previous\n"), list);
    assertTrue(list.contains("000004    unfinished: a promotion is writing it now"), list);
    String verified = registry("list", "--verify").out();
    assertTrue(verified.contains("000001    damaged: Cannot use the model"), verified);
    Files.writeString(folder.resolve("r/champion"), "{");
    Execution without = registry("list");
    assertEquals(0, without.code());
    assertTrue(without.err().contains("champion is not valid JSON"), without.err());
    assertFalse(without.out().contains("previous"), without.out());
  }

  @Test
  void whatCannotBeDoneIsSaidWithTheRemedy() throws IOException {
    assertRefused(
        3, "Cannot use the registry file:DIR/r: it does not exist (the first `promote` makes one)");
    Files.createDirectory(folder.resolve("r"));
    assertRefused(
        3,
        "Cannot use the registry file:DIR/r: it has no champion and no versions (the first"
            + " `promote` makes one)");
    Execution nothing = Execution.of("registry");
    assertEquals(2, nothing.code());
    assertTrue(nothing.err().startsWith("Missing command: registry list"), nothing.err());
    Execution none = registry("prune", "--keep=0");
    assertEquals(2, none.code());
    assertTrue(none.err().startsWith("Invalid --keep: 0 (expected at least 1)"), none.err());
    Execution octal = registry("rollback", "--to=010");
    assertEquals(2, octal.code());
    assertTrue(octal.err().contains("without a leading zero"), octal.err());
  }

  private void assertRefused(int code, String message) {
    for (String[] command : new String[][] {{"list"}, {"rollback"}, {"prune", "--keep=1"}}) {
      String[] more = java.util.Arrays.copyOfRange(command, 1, command.length);
      Execution refused = registry(command[0], more);
      assertEquals(code, refused.code());
      assertEquals(
          message,
          refused.err().strip().replace("file:///", "file:/").replace(folder.toString(), "DIR"));
    }
  }

  @Test
  void aModelThatCannotServeIsRefused() throws IOException {
    float[] parameters = SmallModel.parameters();
    parameters[3] = Float.NaN;
    Path broken = SmallModel.write(folder.resolve("broken"), parameters);
    Execution refused = Execution.of("promote", "--model=" + broken, "--registry=" + registry());
    assertEquals(3, refused.code());
    assertTrue(refused.err().contains("is NaN (expected finite parameters)"), refused.err());
    assertFalse(Files.exists(folder.resolve("r")));
  }

  @Test
  void optionsOfAComparisonNeedOne() throws IOException {
    for (String option : List.of("--by=0.1", "--split=test")) {
      Execution refused = promote(1, option);
      assertEquals(2, refused.code());
      String name = option.replaceFirst("=.*", "");
      assertTrue(
          refused.err().startsWith("Invalid %s: nothing is measured".formatted(name)),
          refused.err());
    }
    for (String by : List.of("-0.1", "NaN", "Infinity")) {
      Execution refused = promote(1, "--if-better-on=d", "--by=" + by);
      assertEquals(2, refused.code(), by);
    }
    Execution secret = Execution.of("registry", "list", "--registry=s3a://key:secret@bucket/r");
    assertEquals(2, secret.code());
    assertFalse(secret.err().contains("secret@"), secret.err());
  }
}
