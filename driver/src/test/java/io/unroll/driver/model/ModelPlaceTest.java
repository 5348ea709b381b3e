package io.unroll.driver.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.driver.registry.Candidate;
import io.unroll.driver.registry.RegistryWriter;
import io.unroll.driver.run.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands for a model in a registry of three versions, of which the second is previous. */
class ModelPlaceTest {
  private static final Configuration HADOOP = new Configuration(false);

  @TempDir private Path folder;
  private Path registry;

  @BeforeEach
  void promoteThree() throws IOException {
    registry = folder.resolve("r");
    for (int number = 1; number <= 3; number++) {
      float[] parameters = SmallModel.parameters();
      parameters[0] = number;
      Path model = SmallModel.write(folder.resolve("m" + number), parameters);
      try (Storage storage = Storage.open(model.toString(), HADOOP);
          RegistryWriter writer = RegistryWriter.open(registry.toString(), HADOOP, line -> {})) {
        writer.promote(new Candidate(storage, "", Optional.empty(), "0.0.0"), Optional.empty());
      }
    }
  }

  private void assertIsVersion(int number, String place) {
    String uri = registry + place;
    assertEquals(number, TrainedModel.read(uri, HADOOP).parameters()[0], place);
    try (ModelPlace found = ModelPlace.find(uri, HADOOP)) {
      String expected = "file:" + registry + "/versions/00000" + number;
      assertEquals(expected, found.uri().replace("///", "/"));
    }
  }

  private void assertRefused(String place, String why) {
    DataException refused =
        assertThrows(DataException.class, () -> TrainedModel.read(registry + place, HADOOP));
    String shown =
        refused.getMessage().replace("file:///", "file:/").replace(folder.toString(), "DIR");
    assertTrue(shown.contains(why), shown);
  }

  @Test
  void aRegistryStandsForItsChampionAndItsNamesForWhatTheyName() throws IOException {
    assertIsVersion(3, "");
    assertIsVersion(3, "/");
    assertIsVersion(3, "/champion");
    assertIsVersion(2, "/previous");
    assertIsVersion(1, "/versions/000001");
    Files.delete(registry.resolve("previous")); // as after a kill
    assertIsVersion(2, "/previous");
  }

  @Test
  void aDamagedChampionIsNamedWithTheRemedy() throws IOException {
    Path file = registry.resolve("versions/000003/model.safetensors");
    Files.write(file, new byte[(int) Files.size(file)]);
    assertRefused("", "versions/000003/model.safetensors is damaged");
    assertRefused(
        "/champion",
        "(it is the champion; `registry rollback --registry file:DIR/r` puts another version in its"
            + " place)");
    Files.delete(registry.resolve("versions/000003/version.json"));
    assertRefused("", "Cannot use version versions/000003 of the registry file:DIR/r: it has no");
  }

  @Test
  void aVersionThatWasNotAcceptedIsNoModel() throws IOException {
    Files.delete(registry.resolve("versions/000001/version.json"));
    assertRefused(
        "/versions/000001",
        "Cannot use the model file:DIR/r/versions/000001: it has no version.json (a promotion is"
            + " writing it now, or was killed while it did)");
  }

  @Test
  void whatIsNearlyARegistryIsNamed() throws IOException {
    assertRefused("/versions/000009", "`registry list --registry file:DIR/r` has the versions");
    assertRefused("/versions", "Did you mean --model file:DIR/r, which is its champion?");
    assertRefused(
        "/versions/000001/version.json",
        "it is a file of a version in a registry; give its directory: --model"
            + " file:DIR/r/versions/000001");
    Files.writeString(registry.resolve("champion"), "{}");
    assertRefused("", "Cannot use the registry file:DIR/r: champion lacks the key");
    Files.delete(registry.resolve("champion"));
    assertRefused("", "Cannot use the registry file:DIR/r: it has no champion");
  }

  @Test
  void aFolderOfAnotherKindMayHaveTheNameOfAnAlias() throws IOException {
    SmallModel.write(folder.resolve("champion"), SmallModel.parameters());
    TrainedModel read = TrainedModel.read(folder.resolve("champion").toString(), HADOOP);
    assertEquals(SmallModel.parameters()[0], read.parameters()[0]);
  }
}
