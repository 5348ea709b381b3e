package io.unroll.driver.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.driver.registry.Promotion.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a registry on a local disk, with models whose losses are given. */
class RegistryWriterTest {
  private static final Optional<Contest> WITHOUT = Optional.empty();

  @TempDir private Path folder;
  private Path place;
  private Models models;

  @BeforeEach
  void places() {
    place = folder.resolve("registry");
    models = new Models(folder);
  }

  private RegistryWriter open() {
    return RegistryWriter.open(place.toString(), new Configuration(false), line -> {});
  }

  private Promotion promote(Candidate candidate, Optional<Contest> contest) {
    try (RegistryWriter writer = open()) {
      return writer.promote(candidate, contest);
    }
  }

  private void assertNames(int champion, int... previous) throws IOException {
    try (RegistryWriter writer = open()) {
      OptionalInt before = previous.length == 0 ? OptionalInt.empty() : OptionalInt.of(previous[0]);
      assertEquals(Optional.of(new Champion(champion, before)), writer.registry().champion());
    }
    assertEquals(previous.length > 0, Files.exists(place.resolve("previous")));
    if (previous.length > 0) {
      String text = Files.readString(place.resolve("previous"));
      assertTrue(text.contains("\"model-version\" : " + previous[0]), text);
    }
  }

  private List<String> names(String path) {
    try (Stream<Path> inside = Files.list(place.resolve(path))) {
      return inside.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theFirstModelIsPromotedAndTheSameAgainChangesNothing() throws IOException {
    Candidate first = models.of(2.5, "night-1");
    assertEquals(Outcome.PROMOTED, promote(first, models.contest(0.1)).outcome());
    assertNames(1);
    assertEquals(List.of("champion", "versions"), names(""));
    assertEquals(
        List.of(
            "checksums.json", "model.json", "model.safetensors", "version.json", "vocabulary.json"),
        names("versions/000001"));
    for (Optional<Contest> contest : List.of(WITHOUT, models.contest(0))) {
      assertEquals(
          new Promotion(Outcome.ALREADY_CHAMPION, 1, Optional.empty()), promote(first, contest));
    }
    assertEquals(List.of("000001"), names("versions"));
  }

  @Test
  void aVersionTellsWhereItIsFromAndHowItWasJudged() {
    promote(models.of(2.5), WITHOUT);
    Candidate better = models.of(2.25, "night-2");
    promote(better, models.contest(0.125));
    try (RegistryWriter writer = open()) {
      Version first = writer.registry().version(1);
      assertEquals(Optional.empty(), first.judgement());
      assertEquals(Optional.empty(), first.runId());
      Version second = writer.registry().wholeVersion(2);
      assertEquals(Optional.of("night-2"), second.runId());
      assertEquals(better.uri(), second.model());
      assertEquals(better.sha256(), second.sha256());
      assertEquals("0.0.0", second.program());
      assertEquals(
          Optional.of(
              new Judgement(Models.TEXT, 0.125, 2.25, OptionalInt.of(1), OptionalDouble.of(2.5))),
          second.judgement());
    }
  }

  @Test
  void aModelIsKeptOutUnlessItIsBetterByAsMuchAsItHasToBe() throws IOException {
    promote(models.of(2.5), WITHOUT);
    Promotion kept = promote(models.of(2.4375), models.contest(0.125));
    assertEquals(Outcome.KEPT, kept.outcome());
    assertEquals(1, kept.version());
    assertEquals(OptionalDouble.of(2.5), kept.judgement().orElseThrow().championLoss());
    assertEquals(Outcome.KEPT, promote(models.of(3), models.contest(0)).outcome());
    assertEquals(List.of("000001"), names("versions"));
    assertNames(1);
    assertEquals(Outcome.PROMOTED, promote(models.of(2.375), models.contest(0.125)).outcome());
    assertNames(2, 1);
    assertEquals(Outcome.PROMOTED, promote(models.of(2.374), models.contest(0)).outcome());
    assertNames(3, 2);
  }

  @Test
  void whatIsEquallyGoodIsNoBetter() {
    Judgement equal = new Judgement(Models.TEXT, 0, 2.5, OptionalInt.of(1), OptionalDouble.of(2.5));
    assertFalse(equal.isBetter());
    Judgement tiny =
        new Judgement(Models.TEXT, 1e-300, 2.5, OptionalInt.of(1), OptionalDouble.of(2.5));
    assertFalse(tiny.isBetter());
  }

  @Test
  void aLossThatIsNotFiniteIsRefusedOfACandidateAndBeatenOfAChampion() {
    Candidate broken = models.of(Double.NaN);
    DataException refused =
        assertThrows(DataException.class, () -> promote(broken, models.contest(0)));
    assertTrue(refused.getMessage().contains("its loss is NaN"), refused.getMessage());
    assertFalse(Files.exists(place.resolve("champion")));
    promote(broken, WITHOUT);
    Promotion promotion = promote(models.of(9), models.contest(0.5));
    assertEquals(Outcome.PROMOTED, promotion.outcome());
    assertEquals(OptionalDouble.empty(), promotion.judgement().orElseThrow().championLoss());
  }

  @Test
  void goesBackToThePreviousChampionAndForthAgain() throws IOException {
    promote(models.of(2.5), WITHOUT);
    assertRefused("there was no champion before version versions/000001", RegistryWriter::rollback);
    promote(models.of(2.25), WITHOUT);
    try (RegistryWriter writer = open()) {
      assertEquals(new Champion(1, OptionalInt.of(2)), writer.rollback());
    }
    assertNames(1, 2);
    try (RegistryWriter writer = open()) {
      writer.rollback();
    }
    assertNames(2, 1);
  }

  @Test
  void goesBackToAnyVersionThatIsWhole() throws IOException {
    for (double loss : List.of(2.5, 2.25, 2.0, 1.75)) {
      promote(models.of(loss), WITHOUT);
    }
    try (RegistryWriter writer = open()) {
      writer.rollback(1);
      assertEquals(new Champion(1, OptionalInt.of(4)), writer.rollback(1), "is there already");
    }
    assertNames(1, 4);
    damage(place.resolve("versions/000002/model.safetensors"));
    assertRefused("versions/000002/model.safetensors is damaged", writer -> writer.rollback(2));
    assertRefused("versions/000009 of the registry", writer -> writer.rollback(9));
    assertNames(1, 4);
  }

  @Test
  void aRunIsNotPromotedAgainAfterARollback() {
    Candidate tonight = models.of(2.25, "night-2");
    promote(models.of(2.5, "night-1"), WITHOUT);
    promote(tonight, WITHOUT);
    try (RegistryWriter writer = open()) {
      writer.rollback();
      assertEquals(
          new Promotion(Outcome.ALREADY_REPLACED, 2, Optional.empty()),
          writer.promote(tonight, models.contest(0)));
      assertEquals(Outcome.PROMOTED, writer.promote(models.of(2.25), models.contest(0)).outcome());
    }
  }

  @Test
  void prunesTheOldestButNoneThatIsNamed() throws IOException {
    for (double loss : List.of(2.5, 2.25, 2.0, 1.75, 1.5)) {
      promote(models.of(loss), WITHOUT);
    }
    try (RegistryWriter writer = open()) {
      writer.rollback(2);
      assertEquals(List.of(), writer.prune(5));
      assertEquals(List.of(1, 3), writer.prune(2));
      assertEquals(List.of("000002", "000004", "000005"), names("versions"));
      assertEquals(List.of(4), writer.prune(1));
    }
    assertNames(2, 5);
    promote(models.of(1.25), WITHOUT);
    assertNames(6, 2);
  }

  @Test
  void aDamagedChampionIsNamedAndCanBeReplaced() throws IOException {
    Candidate first = models.of(2.5);
    promote(first, WITHOUT);
    damage(place.resolve("versions/000001/model.safetensors"));
    assertEquals(Outcome.PROMOTED, promote(first, WITHOUT).outcome(), "it is not the same now");
    assertNames(2, 1);
    assertRefused("versions/000001/model.safetensors is damaged", RegistryWriter::rollback);
  }

  @Test
  void aDamagedAliasIsNamedAndWrittenAnewByARollback() throws IOException {
    promote(models.of(2.5), WITHOUT);
    promote(models.of(2.25), WITHOUT);
    Files.writeString(place.resolve("champion"), "{\"format\"");
    assertRefused("champion is not valid JSON", RegistryWriter::rollback);
    assertRefused("champion is not valid JSON", writer -> writer.prune(1));
    assertRefused("champion is not valid JSON", writer -> writer.promote(models.of(1), WITHOUT));
    assertEquals(List.of("000001", "000002"), names("versions"));
    try (RegistryWriter writer = open()) {
      writer.rollback(2);
    }
    assertNames(2);
  }

  @Test
  void aModelThatIsReplacedWhileItIsJudgedIsNotPromoted() {
    promote(models.of(2.5), WITHOUT);
    Candidate candidate = models.of(2.25);
    models.meanwhile(() -> damage(folder.resolve("model-2.25/model.safetensors")));
    DataException refused =
        assertThrows(
            DataException.class,
            () -> promote(candidate, Optional.of(new Contest(judgeOf(2.25, 2.5), 0))));
    assertTrue(refused.getMessage().contains("it was replaced meanwhile"), refused.getMessage());
    assertEquals(List.of("000001"), names("versions"));
  }

  /** One that does not look at the models. */
  private Contest.Judge judgeOf(double candidate, double champion) {
    return new Contest.Judge() {
      @Override
      public double loss(String uri) {
        if (uri.endsWith("/champion")) {
          return champion;
        }
        damage(folder.resolve("model-2.25/model.safetensors"));
        return candidate;
      }

      @Override
      public HeldOut on() {
        return Models.TEXT;
      }
    };
  }

  @Test
  void removesWhatKilledWritersLeftOverAndMendsThePreviousAlias() throws IOException {
    promote(models.of(2.5), WITHOUT);
    promote(models.of(2.25), WITHOUT);
    Path half = Files.createDirectory(place.resolve("versions/000003"));
    Files.writeString(half.resolve("model.json"), "{}");
    String beside = ".champion.00000000-1111-2222-3333-444444444444.new";
    Files.writeString(place.resolve(beside), "{");
    Files.writeString(place.resolve("notes.txt"), "not ours");
    Files.writeString(place.resolve("previous"), "{}");
    assertEquals(Outcome.KEPT, promote(models.of(3), models.contest(0)).outcome());
    assertEquals(List.of("champion", "notes.txt", "previous", "versions"), names(""));
    assertEquals(List.of("000001", "000002"), names("versions"));
    assertNames(2, 1);
  }

  @Test
  void aFolderOfSomethingElseIsRefused() throws IOException {
    Files.createDirectory(place);
    for (String name : List.of("model.json", "manifest.json", "config.yaml", "checkpoint.json")) {
      Path file = Files.writeString(place.resolve(name), "");
      assertRefused("it has a file " + name, writer -> {});
      Files.delete(file);
    }
    assertEquals(List.of(), names(""));
  }

  @Test
  void onlyPromotionsMakeARegistry() {
    DataException refused =
        assertThrows(
            DataException.class,
            () ->
                RegistryWriter.openExisting(
                    place.toString(), new Configuration(false), line -> {}));
    assertTrue(refused.getMessage().contains("it does not exist"), refused.getMessage());
    assertFalse(Files.exists(place));
  }

  private static void damage(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 1] ^= 1;
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertRefused(String why, java.util.function.Consumer<RegistryWriter> command) {
    DataException refused =
        assertThrows(
            DataException.class,
            () -> {
              try (RegistryWriter writer = open()) {
                command.accept(writer);
              }
            });
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }
}
