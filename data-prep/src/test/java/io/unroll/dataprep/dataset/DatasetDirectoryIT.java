package io.unroll.dataprep.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import io.unroll.dataprep.tokenize.CharTokenizer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads datasets of past versions that were written once and committed, whole and damaged. */
class DatasetDirectoryIT {
  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path folder;

  private static Path committed(String name) throws URISyntaxException {
    return Path.of(DatasetDirectoryIT.class.getResource("/datasets/" + name).toURI());
  }

  private DatasetDirectory open(Path path) {
    return DatasetDirectory.open(path.toString(), spark.sparkContext().hadoopConfiguration());
  }

  /** A copy to damage. */
  private Path copy(String name) throws IOException, URISyntaxException {
    Path from = committed(name);
    Path to = folder.resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  private static Path part(Path dataset, String split) throws IOException {
    try (Stream<Path> files = Files.list(dataset.resolve("split=" + split))) {
      return files.findFirst().orElseThrow();
    }
  }

  private static void edit(Path file, String part, String replacement) throws IOException {
    String text = Files.readString(file);
    assertTrue(text.contains(part), text);
    Files.writeString(file, text.replace(part, replacement));
  }

  private static int[] ids(Row row, int column) {
    return row.<Integer>getList(column).stream().mapToInt(Integer::intValue).toArray();
  }

  @Test
  void readsTextOfVersion1() throws URISyntaxException {
    DatasetDirectory dataset = open(committed("text-v1"));
    assertEquals(DatasetKind.STREAM, dataset.manifest().kind());
    assertEquals(new CharTokenizer(1), dataset.manifest().tokenizer());
    assertEquals(5, dataset.manifest().blockLength());
    assertEquals(18, dataset.manifest().sources().get(0).bytes());
    // SHA-256 of kind, vocabulary, block length and the SHA-256 of the files: runs that were begun
    // with it go on.
    assertEquals(
        "669d555e2cf9ca7c4fad9e2e928c29fa40780f0d104e8d2083fdc5140f331b59",
        dataset.manifest().contentFingerprint());
    dataset.verify(spark, Split.TRAIN);
    dataset.verify(spark, Split.VALID);
    List<Row> rows = dataset.rows(spark, Split.TRAIN).orderBy("block").collectAsList();
    assertEquals(3, rows.size());
    assertArrayEquals(dataset.vocabulary().encode("hello"), ids(rows.get(0), 1));
    assertEquals("\nhell", dataset.vocabulary().decode(ids(rows.get(1), 1)));
    assertEquals("o ", dataset.vocabulary().decode(ids(rows.get(2), 1)));
    assertEquals(2L, rows.get(2).getLong(0));
  }

  @Test
  void readsCaptionsOfVersion1() throws URISyntaxException {
    DatasetDirectory dataset = open(committed("captions-v1"));
    assertEquals(DatasetKind.CAPTIONS, dataset.manifest().kind());
    assertEquals(new CaptionTokenizer(1), dataset.manifest().tokenizer());
    dataset.verify(spark, Split.VALID);
    Row row = dataset.rows(spark, Split.VALID).first();
    assertEquals(2L, row.getLong(0));
    assertEquals(12L, row.getLong(1));
    assertArrayEquals(new int[] {1, 3, 0, 2}, ids(row, 2));
  }

  @Test
  void readsTextOfVersion3() throws URISyntaxException {
    DatasetDirectory dataset = open(committed("text-v3"));
    dataset.verify(spark, Split.TRAIN);
    dataset.verify(spark, Split.VALID);
    SourceChanges since = dataset.manifest().since().orElseThrow();
    assertEquals("file:/datasets/earlier", since.dataset());
    assertEquals(List.of(source(dataset, 2)), since.added());
    assertEquals(List.of(source(dataset, 0)), since.changed());
    assertEquals("file:/corpora/gone.txt", since.gone().get(0).uri());
    // By sha256sum, over the text that the format page describes.
    assertEquals(
        "2bcc97f07070e7a07a7bdbab93f74de18dd7e88de77f0a338b9bd13e98c8f40a",
        dataset.manifest().contentFingerprint());
  }

  private static Source source(DatasetDirectory dataset, int number) {
    return dataset.manifest().sources().get(number);
  }

  @Test
  void manifestSurvivesItsFile() throws Exception {
    for (String name : List.of("text-v1", "captions-v1", "text-v3", "tagged-v4", "vectors-v4")) {
      String json = Files.readString(committed(name).resolve(Manifest.FILE));
      assertEquals(json, Manifest.fromJson(json).toJson());
    }
  }

  private void assertRefusedToOpen(Path dataset, String reason) {
    String message = assertThrows(DataException.class, () -> open(dataset)).getMessage();
    assertTrue(message.contains(dataset.toString()), message);
    assertTrue(message.contains(reason), message);
  }

  @Test
  void refusesWhatIsMissingOrUnfinished() throws Exception {
    assertRefusedToOpen(folder.resolve("nothing"), "it does not exist");
    Path dataset = copy("text-v1");
    Files.delete(dataset.resolve(Vocabulary.FILE));
    assertRefusedToOpen(dataset, "vocabulary.json: it is missing");
    Files.delete(dataset.resolve(Manifest.FILE));
    assertRefusedToOpen(
        dataset, "it has no manifest.json, so it is unfinished or no dataset (run prep again)");
  }

  @Test
  void refusesAnotherVersion() throws Exception {
    Path dataset = copy("text-v1");
    edit(dataset.resolve(Manifest.FILE), "\"version\" : 1", "\"version\" : 7");
    assertRefusedToOpen(dataset, "Invalid manifest: format version 7 (expected 1 to 6;");
  }

  @Test
  void refusesAManifestThatIsHostile() throws Exception {
    String[][] edits = {
      {"\"stream\"", "\"pairs\"", "kind is \"pairs\" (expected stream or captions)"},
      {"\"part-", "\"../part-", "files[0].name is \"../part-"},
      {"\"rows\" : 3", "\"rows\" : -3", "splits.train.rows is -3 (expected a whole number"},
      {"\"train\"", "\"training\"", "unknown field splits.training"},
      {"\"train\"", "\"test\"", "splits.train is missing"},
      {"\"block-length\" : 5", "\"block-length\" : 0", "block-length is 0 (expected at least 1)"},
      {"\"unknown\" : 0", "\"known\" : 0", "unknown field splits.train.known"},
      {"\"version\" : 1,", "", "version is missing"},
      {"\"version\" : 1,", "\"version\" : 0,", "format version 0 (expected 1 to 6;"},
      {"\"version\" : 1,", "\"version\" : 2,", "splits.train.rows-sha256 is missing"},
      {"\"kind\" : \"s", "\"since\" : {}, \"kind\" : \"s", "unknown field since"},
      {"\"unknown\" : 0,", "\"unknown\" : 0, \"rows-sha256\" : \"ab\",", "unknown field"},
      {"]", "", "no complete JSON document"}
    };
    String json = Files.readString(committed("text-v1").resolve(Manifest.FILE));
    for (String[] edit : edits) {
      String changed = json.replace(edit[0], edit[1]);
      String message =
          assertThrows(DataException.class, () -> Manifest.fromJson(changed)).getMessage();
      assertTrue(message.contains(edit[2]), message);
    }
  }

  @Test
  void changesOfTheSourcesAreThereInVersion3Only() throws Exception {
    String json = Files.readString(committed("text-v3").resolve(Manifest.FILE));
    assertNotRead(json.replace("\"version\" : 3", "\"version\" : 2"), "unknown field since");
    assertNotRead(json.replace("\"gone\"", "\"lost\""), "unknown field since.lost");
    Manifest read = Manifest.fromJson(json);
    String alone =
        new Manifest(
                read.kind(),
                read.tokenizer(),
                read.vocabularySize(),
                read.vocabularyFingerprint(),
                read.blockLength(),
                read.sources(),
                read.splits(),
                Optional.empty())
            .toJson();
    assertTrue(alone.contains("\"version\" : 2,"), alone);
    assertNotRead(alone.replace("\"version\" : 2", "\"version\" : 3"), "since is missing");
  }

  private static void assertNotRead(String json, String reason) {
    var e = assertThrows(DataException.class, () -> Manifest.fromJson(json));
    assertEquals("Invalid manifest: " + reason, e.getMessage());
  }

  @Test
  void refusesAVocabularyThatIsAnother() throws Exception {
    Path dataset = copy("text-v1");
    Vocabulary other = new Vocabulary(new CharTokenizer(1), List.of("a", "b"));
    Files.writeString(dataset.resolve(Vocabulary.FILE), other.toJson());
    assertRefusedToOpen(
        dataset, "its vocabulary has 2 tokens and fingerprint " + other.fingerprint());
  }

  @Test
  void refusesASplitThatIsNotThere() throws Exception {
    var dataset = open(committed("text-v1"));
    var e = assertThrows(DataException.class, () -> dataset.rows(spark, Split.TEST));
    assertEquals("Cannot read split test: the dataset has only train, valid", e.getMessage());
  }

  private void assertRefusedToRead(Path dataset, String where, String reason) {
    var opened = open(dataset);
    String message =
        assertThrows(DataException.class, () -> opened.verify(spark, Split.TRAIN)).getMessage();
    assertTrue(message.startsWith("Cannot read ") && message.contains(where), message);
    assertTrue(message.contains(reason), message);
  }

  @Test
  void refusesAPartThatIsMissingOrOfAnotherSize() throws Exception {
    Path dataset = copy("text-v1");
    Path part = part(dataset, "train");
    byte[] bytes = Files.readAllBytes(part);
    Files.write(part, Arrays.copyOf(bytes, bytes.length - 1));
    assertRefusedToRead(dataset, part.toString(), "it has 889 bytes, but the manifest says 890");
    Files.delete(part);
    assertRefusedToRead(dataset, part.toString(), "it is missing (restore it, or run prep again)");
  }

  @Test
  void refusesAPartWithDamagedBytes() throws Exception {
    byte[] bytes = Files.readAllBytes(part(committed("text-v1"), "train"));
    for (int offset = 4; offset < bytes.length; offset += bytes.length / 5) {
      Path dataset = copy("text-v1");
      Path part = part(dataset, "train");
      byte[] damaged = bytes.clone();
      damaged[offset] ^= 0x55;
      Files.write(part, damaged);
      assertRefusedToRead(dataset, part.toString(), "it was changed or damaged");
      deleteRecursively(dataset);
    }
  }

  private static void deleteRecursively(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void refusesCountsAndColumnsThatDoNotHold() throws Exception {
    Path dataset = copy("text-v1");
    Path manifest = dataset.resolve(Manifest.FILE);
    edit(manifest, "\"tokens\" : 12", "\"tokens\" : 13");
    assertRefusedToRead(dataset, "split=train", "it has 12 tokens (expected 13)");
    edit(manifest, "\"tokens\" : 13", "\"tokens\" : 12");
    edit(manifest, "\"block-length\" : 5", "\"block-length\" : 6");
    assertRefusedToRead(dataset, "split=train", "it has 2 blocks of another length (expected 0)");
    edit(manifest, "\"stream\"", "\"captions\"");
    edit(manifest, "\"block-length\" : 6,", "");
    edit(manifest, "\"rows\"", "\"images\" : 1, \"rows\"");
    assertRefusedToRead(
        dataset, "split=train", "its columns are struct<block:bigint,tokens:array<int>> (expected");
  }
}
