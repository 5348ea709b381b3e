package io.unroll.dataprep.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.Manifest;
import io.unroll.dataprep.dataset.Source;
import io.unroll.dataprep.dataset.SourceChanges;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.tokenize.CharTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of text that gets new files from one preparation to the next. */
class NewSinceIT {
  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path folder;
  private Path corpus;

  @BeforeEach
  void makeCorpus() throws IOException {
    corpus = Files.createDirectory(folder.resolve("corpus"));
    write("05-01.txt", "the first day\n".repeat(5));
    write("05-02.txt", "the second day\n".repeat(5));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(corpus.resolve(name), text);
  }

  private PreparationSummary prepare(String output, Optional<String> since) {
    var options =
        new TextOptions(
            List.of(corpus.toString()),
            List.of(),
            List.of(),
            new DatasetTarget(path(output), true, since.map(this::path)),
            new CountedVocabulary(new CharTokenizer(1)),
            null,
            100,
            Normalization.NONE);
    return new TextPreparation(spark, options).run();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Manifest read(String name) {
    return DatasetDirectory.open(path(name), spark.sparkContext().hadoopConfiguration()).manifest();
  }

  private String json(String name) throws IOException {
    return Files.readString(Path.of(path(name), Manifest.FILE));
  }

  @Test
  void theManifestListsTheNewFiles() throws IOException {
    Manifest first = prepare("first", Optional.empty()).manifest();
    assertTrue(json("first").contains("\"version\" : 2,"), json("first"));
    write("05-03.txt", "the third day\n");
    PreparationSummary summary = prepare("second", Optional.of("first"));
    SourceChanges since = read("second").since().orElseThrow();
    assertEquals(summary.manifest(), read("second"));
    assertEquals("file:" + path("first"), since.dataset());
    assertEquals(first.contentFingerprint(), since.fingerprint());
    assertEquals(
        List.of("file:" + corpus.resolve("05-03.txt")),
        since.added().stream().map(Source::uri).toList());
    assertEquals(List.of(), since.changed());
    assertEquals(List.of(), since.gone());
    assertTrue(json("second").contains("\"version\" : 3,"), json("second"));
    assertTrue(
        summary
            .text()
            .contains("new since     file:%s: 1 of 3 files, 14 bytes\n".formatted(path("first"))),
        summary.text());
    assertEquals(List.of(), summary.remarks());
  }

  @Test
  void theListIsNoPartOfTheIdentity() {
    Manifest alone = prepare("a", Optional.empty()).manifest();
    Manifest compared = prepare("a", Optional.of("a")).manifest();
    assertEquals(alone.contentFingerprint(), compared.contentFingerprint());
    assertEquals(Optional.empty(), alone.since());
    assertEquals(alone.contentFingerprint(), compared.since().orElseThrow().fingerprint());
  }

  @Test
  void warnsOfWhatMovesTextFromSplitToSplit() throws IOException {
    prepare("first", Optional.empty());
    Files.delete(corpus.resolve("05-01.txt"));
    write("04-30.txt", "the day before\n");
    write("05-02.txt", "the second day once more\n");
    List<String> remarks = prepare("second", Optional.of("first")).remarks();
    assertEquals(3, remarks.size(), remarks.toString());
    String name = "1 file (file:" + corpus;
    assertTrue(
        remarks.get(0).startsWith("changed since the earlier dataset: " + name + "/05-02.txt);"),
        remarks.get(0));
    assertTrue(
        remarks.get(1).startsWith("gone since the earlier dataset: " + name + "/05-01.txt);"),
        remarks.get(1));
    assertTrue(remarks.get(2).contains("04-30.txt comes before file:"), remarks.get(2));
  }

  @Test
  void refusesAnEarlierDatasetThatIsNotThere() {
    var e = assertThrows(DataException.class, () -> prepare("x", Optional.of("none")));
    assertTrue(
        e.getMessage().startsWith("Cannot open dataset %s: it does not".formatted(path("none"))),
        e.getMessage());
  }
}
