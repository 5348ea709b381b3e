package io.unroll.dataprep.phrases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhraseExtractionIT {
  @TempDir private Path folder;

  private PhraseExtraction extraction(String target, String output, int minCount) {
    return extraction(target, output, minCount, 0);
  }

  private PhraseExtraction extraction(String target, String output, int minCount, double minShare) {
    return new PhraseExtraction(
        LocalSpark.session(),
        new PhraseExtraction.Options(
            List.of(folder.resolve("a.de").toString()),
            List.of(folder.resolve(target).toString()),
            true,
            2,
            minCount,
            minShare,
            5,
            folder.resolve(output).toString()));
  }

  private List<String> lines(String output) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve(output))) {
      for (Path file : files.filter(p -> p.getFileName().toString().startsWith("part-")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  @Test
  void whatIsAlwaysTogetherIsATranslation() throws IOException {
    Files.writeString(
        folder.resolve("a.de"), "der Hund\nder Mann\nein Hund\n\nein Mann\ndas Haus\n".repeat(3));
    Files.writeString(
        folder.resolve("a.en"), "the dog\nthe man\na dog\n\na man\nthe house\n".repeat(3));
    long count = extraction("a.en", "phrases", 3).run();
    List<String> found = lines("phrases");
    assertEquals(count, found.size());
    assertEquals(
        List.of(
            "das\tthe",
            "das haus\tthe house",
            "der\tthe",
            "der hund\tthe dog",
            "der mann\tthe man",
            "ein\ta",
            "ein hund\ta dog",
            "ein mann\ta man",
            "haus\thouse",
            "hund\tdog",
            "mann\tman"),
        found);
    assertEquals(4, extraction("a.en", "few", 4).run());
    assertEquals(List.of("der\tthe", "ein\ta", "hund\tdog", "mann\tman"), lines("few"));
  }

  @Test
  void wordsThatAreThereTwiceGoWithTheirNeighbours() throws IOException {
    Files.writeString(
        folder.resolve("a.de"),
        "ein Mann und ein Hund\nein Hund und ein Kind\nein Kind und ein Mann\n".repeat(3));
    Files.writeString(
        folder.resolve("a.en"),
        "a man and a dog\na dog and a child\na child and a man\n".repeat(3));
    extraction("a.en", "phrases", 6).run();
    assertEquals(
        List.of(
            "ein\ta",
            "ein hund\ta dog",
            "ein kind\ta child",
            "ein mann\ta man",
            "hund\tdog",
            "kind\tchild",
            "mann\tman",
            "und\tand",
            "und ein\tand a"),
        lines("phrases"));
  }

  /** A cat is there three times, twice as a cat and once as a beast, which a cow is too. */
  @Test
  void pairsThatAreASmallShareOfTheirPhraseOrTranslationAreLeftOut() throws IOException {
    Files.writeString(
        folder.resolve("a.de"), "die Katze\neine Katze\nder Kater\nder Kater\nder Kater\nKatze\n");
    Files.writeString(folder.resolve("a.en"), "the cat\na cat\nthe tom\nthe tom\nthe tom\nbeast\n");
    extraction("a.en", "all", 1).run();
    assertTrue(lines("all").contains("katze\tcat") && lines("all").contains("katze\tbeast"));
    assertTrue(lines("all").contains("die\tthe") && lines("all").contains("der\tthe"));
    extraction("a.en", "half", 1, 0.5).run();
    assertFalse(lines("half").contains("katze\tbeast"), "a third of the phrase");
    assertFalse(lines("half").contains("die\tthe"), "a quarter of the translation");
    assertTrue(lines("half").contains("katze\tcat") && lines("half").contains("der\tthe"));
    assertTrue(lines("all").containsAll(lines("half")));
  }

  @Test
  void linesAndFilesMustBelongTogether() throws IOException {
    Files.writeString(folder.resolve("a.de"), "der Hund\nder Mann\n");
    Files.writeString(folder.resolve("a.en"), "the dog\n");
    String message =
        assertThrows(DataException.class, () -> extraction("a.en", "phrases", 1).run())
            .getMessage();
    assertTrue(message.contains("there are 2 and 1 of them"), message);
    String files =
        assertThrows(DataException.class, () -> extraction("a.*", "phrases", 1).run()).getMessage();
    assertTrue(files.contains("1 file of sources and 2 files of targets"), files);
  }
}
