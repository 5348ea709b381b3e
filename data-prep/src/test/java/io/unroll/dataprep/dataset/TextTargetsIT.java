package io.unroll.dataprep.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.tokenize.SequenceTokenizer;
import io.unroll.dataprep.tokenize.WordTokenizer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples whose targets are texts: written, read, and read through, whole and wrong. */
class TextTargetsIT {
  private static final Vocabulary ENGLISH =
      new Vocabulary(
          new WordTokenizer(false, 1, 0), List.of("<unk>", "<eos>", "the", "dog", "runs"));
  private static final Vocabulary GERMAN =
      new Vocabulary(
          new SequenceTokenizer(new WordTokenizer(false, 1, 0)),
          List.of("<unk>", "<bos>", "<eos>", "der", "Hund", "rennt"));
  private static final ExampleShape PAIRS = ExampleShape.ofTokens(Target.TEXT, false, 4);

  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path folder;

  /** The dog runs, der Hund rennt; dog, Hund and a word that is unknown. */
  private static List<Row> rows() {
    return List.of(
        RowFactory.create(0L, new int[] {2, 3, 4}, new int[] {1, 3, 4, 5, 2}),
        RowFactory.create(1L, new int[] {3}, new int[] {1, 4, 0, 2}));
  }

  private DatasetDirectory write(List<Row> rows, long tokens, long targetTokens) {
    return write(rows, tokens, targetTokens, GERMAN);
  }

  private DatasetDirectory write(
      List<Row> rows, long tokens, long targetTokens, Vocabulary targets) {
    String uri = folder.resolve("out").toString();
    var split = new SplitRows(spark.createDataFrame(rows, PAIRS.schema()), tokens, targetTokens, 0);
    DatasetWriter.to(spark, new DatasetTarget(uri, true))
        .write(
            new DatasetContent(
                DatasetKind.EXAMPLES,
                Map.of(VocabularyUse.TOKENS, ENGLISH, VocabularyUse.TARGETS, targets),
                0,
                List.of(new Source("file:/corpora/pairs.tsv", 42, "ab")),
                Map.of(Split.TRAIN, split),
                Optional.empty(),
                Optional.of(PAIRS)));
    return open(Path.of(uri));
  }

  private DatasetDirectory open(Path path) {
    return DatasetDirectory.open(path.toString(), spark.sparkContext().hadoopConfiguration());
  }

  private static Path committed() throws URISyntaxException {
    return Path.of(TextTargetsIT.class.getResource("/datasets/pairs-v6").toURI());
  }

  private void assertPairs(DatasetDirectory dataset) {
    dataset.verify(spark, Split.TRAIN);
    assertEquals(Optional.of(PAIRS), dataset.manifest().examples());
    assertEquals(ENGLISH.tokens(), dataset.vocabulary().tokens());
    assertEquals(GERMAN.tokens(), dataset.targets().tokens());
    assertTrue(dataset.characters().isEmpty());
    SplitContent content = dataset.manifest().content(Split.TRAIN);
    assertEquals(2, content.rows());
    assertEquals(4, content.tokens());
    assertEquals(0, content.unknown());
    assertEquals(3, content.longest());
    assertEquals(9, content.targetTokens());
    assertEquals(1, content.targetUnknown());
    assertEquals(5, content.longestTarget());
    assertTrue(content.targets().isEmpty());
    ExampleRow first =
        ExampleRow.of(dataset.rows(spark, Split.TRAIN).orderBy("id"), PAIRS).collectAsList().get(0);
    assertArrayEquals(new int[] {2, 3, 4}, first.getTokens());
    assertArrayEquals(new int[] {1, 3, 4, 5, 2}, first.getTargets());
    assertEquals("der Hund rennt", dataset.targets().decode(first.getTargets()));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    assertPairs(write(rows(), 4, 9));
    assertTrue(
        Files.readString(folder.resolve("out/manifest.json")).contains("\"version\" : 6"),
        "the version of text targets");
    assertFalse(Files.exists(folder.resolve("out/labels.json")));
  }

  @Test
  void readsPairsOfVersion6() throws URISyntaxException {
    DatasetDirectory dataset = open(committed());
    assertPairs(dataset);
    // By sha256sum, over the text that the format page describes.
    assertEquals(
        "bc5b5498d1eb12107383892a4e38e55cfce3702becbf7580b264f3e3c88e2586",
        dataset.manifest().contentFingerprint());
  }

  @Test
  void theIdentityCoversBothVocabularies() {
    Manifest manifest = write(rows(), 4, 9).manifest();
    for (VocabularyUse use : List.of(VocabularyUse.TOKENS, VocabularyUse.TARGETS)) {
      Map<VocabularyUse, VocabularySummary> others = new EnumMap<>(manifest.vocabularies());
      others.put(use, new VocabularySummary(others.get(use).tokenizer(), 5, "other"));
      assertNotEquals(
          manifest.contentFingerprint(),
          new Manifest(
                  manifest.kind(),
                  others,
                  0,
                  manifest.sources(),
                  manifest.splits(),
                  Optional.empty(),
                  manifest.examples())
              .contentFingerprint());
    }
  }

  @Test
  void pairsHaveNoLabelsAndOthersNoTargetTexts() throws URISyntaxException {
    DatasetDirectory pairs = open(committed());
    String message = assertThrows(DataException.class, pairs::labels).getMessage();
    assertTrue(message.contains("it has no labels, since it holds pairs of texts"), message);
    DatasetDirectory tagged = open(committed().resolveSibling("tagged-v4"));
    message = assertThrows(DataException.class, tagged::targets).getMessage();
    assertTrue(
        message.contains("it has no target texts, since it holds examples with labels"), message);
  }

  @Test
  void refusesATargetVocabularyWithoutBeginAndEnd() {
    String message =
        assertThrows(DataException.class, () -> write(rows(), 4, 9, ENGLISH)).getMessage();
    assertTrue(
        message.contains("target-vocabulary.json is of tokenizer word, which lacks <bos> or <eos>"),
        message);
  }

  @Test
  void refusesRowsThatAreOthersThanWereCounted() {
    String message = assertThrows(DataException.class, () -> write(rows(), 4, 8)).getMessage();
    assertEquals(
        "Cannot prepare split train: it had 8 target tokens, but 9 were written: an input changed meanwhile",
        message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 2 | 1 examples without a target text between its begin and its end",
        "3 4 2 | 1 examples without a target text between its begin and its end",
        "1 3 4 | 1 examples without a target text between its begin and its end",
        "1 6 2 | 1 examples with target ids that there are not",
        "1 -1 2 | 1 examples with target ids that there are not"
      })
  void refusesTargetsThatDoNotHold(String ids, String reason) {
    int[] targets = Stream.of(ids.split(" ")).mapToInt(Integer::parseInt).toArray();
    DatasetDirectory dataset =
        write(List.of(RowFactory.create(0L, new int[] {2}, targets)), 1, targets.length);
    String message =
        assertThrows(DataException.class, () -> dataset.verify(spark, Split.TRAIN)).getMessage();
    assertTrue(message.contains("split=train: it has " + reason), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"target-tokens\" : 9 | \"target-tokens\" : 8 | it has 9 target tokens (expected 8)",
        "\"longest-target\" : 5 | \"longest-target\" : 6 | it has 5 tokens in its longest target"
            + " (expected 6)",
        "\"longest-target\" : 5, | '' | longest-target is missing",
        "\"target\" : \"text\" | \"target\" : \"label\" | examples.target is \"label\" (expected"
            + " text in version 6)",
        "\"version\" : 6 | \"version\" : 4 | examples.target is \"text\" (expected label or tags)",
        "\"version\" : 6 | \"version\" : 7 | format version 7 (expected 1 to 6",
        "\"kind\" : \"examples\" | \"kind\" : \"sequences\" | kind is \"sequences\" (expected"
            + " examples in version 6)",
        "\"target-vocabulary\" | \"labels\" | unknown field labels"
      })
  void refusesAManifestThatDoesNotHold(String part, String replacement, String reason)
      throws IOException, URISyntaxException {
    Path path = copy();
    Path manifest = path.resolve(Manifest.FILE);
    String text = Files.readString(manifest);
    assertTrue(text.contains(part), text);
    Files.writeString(manifest, text.replace(part, replacement));
    String message =
        assertThrows(DataException.class, () -> open(path).verify(spark, Split.TRAIN)).getMessage();
    assertTrue(message.contains(reason), message);
  }

  private Path copy() throws IOException, URISyntaxException {
    Path from = committed();
    Path to = folder.resolve("copy");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }
}
