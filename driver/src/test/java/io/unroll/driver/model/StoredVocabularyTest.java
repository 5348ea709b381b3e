package io.unroll.driver.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.driver.registry.Candidate;
import io.unroll.driver.registry.RegistryWriter;
import io.unroll.driver.run.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredVocabularyTest {
  @TempDir private Path folder;

  private StoredVocabulary read(String place) {
    return StoredVocabulary.read(folder.resolve(place).toString(), new Configuration(false));
  }

  private void assertFound(String place) {
    StoredVocabulary stored = read(place);
    assertEquals(SmallModel.VOCABULARY.toJson(), stored.vocabulary().toJson());
    assertEquals(folder.resolve(place).toString(), stored.uri());
  }

  private String refusal(String place) {
    return assertThrows(DataException.class, () -> read(place))
        .getMessage()
        .replace(folder.toString(), "DIR");
  }

  private void assertNone(String place, String why) {
    assertEquals(
        "Cannot use the vocabulary of file:DIR/%s: %s".formatted(place, why), refusal(place));
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  @Test
  void isFoundInAModelARunAndItsFile() throws IOException {
    SmallModel.write(folder.resolve("run/best"), SmallModel.parameters());
    write("run/config.yaml", "");
    assertFound("run/best");
    assertFound("run");
    assertFound("run/best/vocabulary.json");
  }

  @Test
  void isThatOfTheChampionOfARegistry() throws IOException {
    Path model = SmallModel.write(folder.resolve("m"), SmallModel.parameters());
    Configuration hadoop = new Configuration(false);
    String registry = folder.resolve("registry").toString();
    try (Storage storage = Storage.open(model.toString(), hadoop);
        RegistryWriter writer = RegistryWriter.open(registry, hadoop, line -> {})) {
      writer.promote(new Candidate(storage, "", Optional.empty(), "0.0.0"), Optional.empty());
    }
    assertFound("registry");
    assertFound("registry/champion");
    assertFound("registry/versions/000001");
  }

  /** A large model's parameters are left alone. */
  @Test
  void isReadWithoutTheParameters() throws IOException {
    SmallModel.write(folder.resolve("m"), SmallModel.parameters());
    write("m/model.safetensors", "damaged");
    assertFound("m");
  }

  @Test
  void isThatOfTheModelBesideIt() throws IOException {
    SmallModel.write(folder.resolve("m"), SmallModel.parameters());
    var other = new Vocabulary(new CharTokenizer(1), List.of("x", "y", "z"));
    write("m/vocabulary.json", other.toJson());
    String message = refusal("m");
    assertTrue(message.startsWith("Cannot use file:DIR/m/vocabulary.json: it has 3"), message);
  }

  @Test
  void saysWhereItMayBeInstead() throws IOException {
    assertNone(
        "none",
        "it does not exist (expected a dataset, a model, a run with a best model, a registry, or a"
            + " vocabulary.json)");
    write("notes/a.txt", "");
    assertNone(
        "notes",
        "it is none of these (expected a dataset, a model, a run with a best model, a registry, or a"
            + " vocabulary.json)");
    write("run/checkpoints/round-000001/checkpoint.json", "{}");
    assertNone(
        "run/checkpoints/round-000001",
        "it is a checkpoint, which has none (give the dataset that its run was trained on)");
    assertNone(
        "run",
        "it is a run without a best model: the first validation writes it (give the dataset that it"
            + " is trained on)");
    write("part/vocabulary.json", SmallModel.VOCABULARY.toJson());
    assertNone(
        "part",
        "it has no manifest.json and no model.json, so it is unfinished, or in part (if its"
            + " vocabulary.json is whole, give that file)");
  }

  @Test
  void refusesAFileThatIsNone() throws IOException {
    write("text.txt", "to be");
    String message = refusal("text.txt");
    assertTrue(
        message.startsWith("Cannot read file:DIR/text.txt: Invalid vocabulary: no complete JSON"),
        message);
  }
}
