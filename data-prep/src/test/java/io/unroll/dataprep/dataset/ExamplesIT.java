package io.unroll.dataprep.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.dataprep.tokenize.LabelTokenizer;
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

/** Examples: written, read, and read through, whole and wrong. */
class ExamplesIT {
  private static final Vocabulary WORDS =
      new Vocabulary(
          new WordTokenizer(false, 1, 0), List.of("<unk>", "<eos>", "the", "dog", "runs"));
  private static final Vocabulary TAGS =
      new Vocabulary(new LabelTokenizer(), List.of("DET", "NOUN", "VERB", "X"));
  private static final Vocabulary LETTERS =
      new Vocabulary(new CharTokenizer(2), List.of("<unk>", "e", "d", "o"));
  private static final ExampleShape TAGGED = ExampleShape.ofTokens(Target.TAGS, true, 4);
  private static final ExampleShape VECTORS = ExampleShape.ofVectors(2, Target.LABEL);

  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path folder;

  private static Row tagged(long id, int[] tokens, int[] tags, int[] letters, int[] lengths) {
    return RowFactory.create(id, tokens, tags, letters, lengths);
  }

  /** The dog runs; dog. */
  private static List<Row> taggedRows() {
    return List.of(
        tagged(
            0,
            new int[] {2, 3, 4},
            new int[] {0, 1, 2},
            new int[] {0, 0, 1, 2, 3, 0, 0, 0, 0, 0},
            new int[] {3, 3, 4}),
        tagged(1, new int[] {0}, new int[] {1}, new int[] {0, 3}, new int[] {2}));
  }

  private static List<Row> vectorRows() {
    return List.of(
        RowFactory.create(0L, new float[] {.5f, 1, -2, 3.25f}, new int[] {1}),
        RowFactory.create(1L, new float[] {0, 1e-9f}, new int[] {0}));
  }

  private DatasetDirectory write(
      List<Row> rows, long steps, ExampleShape shape, Map<VocabularyUse, Vocabulary> vocabularies) {
    String uri = folder.resolve("out").toString();
    var split = new SplitRows(spark.createDataFrame(rows, shape.schema()), steps, 0);
    DatasetWriter.to(spark, new DatasetTarget(uri, true))
        .write(
            new DatasetContent(
                DatasetKind.EXAMPLES,
                vocabularies,
                0,
                List.of(new Source("file:/corpora/tagged.txt", 42, "ab")),
                Map.of(Split.TRAIN, split),
                Optional.empty(),
                Optional.of(shape)));
    return open(Path.of(uri));
  }

  private DatasetDirectory open(Path path) {
    return DatasetDirectory.open(path.toString(), spark.sparkContext().hadoopConfiguration());
  }

  private DatasetDirectory writeTagged(List<Row> rows, long steps) {
    return write(
        rows,
        steps,
        TAGGED,
        Map.of(
            VocabularyUse.TOKENS,
            WORDS,
            VocabularyUse.LABELS,
            TAGS,
            VocabularyUse.CHARACTERS,
            LETTERS));
  }

  private DatasetDirectory writeVectors(List<Row> rows, long steps) {
    return write(rows, steps, VECTORS, Map.of(VocabularyUse.LABELS, TAGS));
  }

  private static Path committed(String name) throws URISyntaxException {
    return Path.of(ExamplesIT.class.getResource("/datasets/" + name).toURI());
  }

  private List<ExampleRow> rows(DatasetDirectory dataset) {
    return ExampleRow.of(
            dataset.rows(spark, Split.TRAIN).orderBy("id"),
            dataset.manifest().examples().orElseThrow())
        .collectAsList();
  }

  private void assertTagged(DatasetDirectory dataset) {
    dataset.verify(spark, Split.TRAIN);
    assertEquals(DatasetKind.EXAMPLES, dataset.manifest().kind());
    assertEquals(Optional.of(TAGGED), dataset.manifest().examples());
    assertEquals(TAGS.tokens(), dataset.labels().tokens());
    assertEquals(LETTERS.tokens(), dataset.characters().orElseThrow().tokens());
    SplitContent content = dataset.manifest().content(Split.TRAIN);
    assertEquals(2, content.rows());
    assertEquals(4, content.tokens());
    assertEquals(1, content.unknown());
    assertEquals(3, content.longest());
    assertEquals("{DET=1, NOUN=2, VERB=1, X=0}", content.targets().toString());
    ExampleRow first = rows(dataset).get(0);
    assertEquals(0, first.getId());
    assertEquals("the dog runs", dataset.vocabulary().decode(first.getTokens()));
    assertEquals("DET NOUN VERB", dataset.labels().decode(first.getTargets()));
    assertArrayEquals(new int[] {3, 3, 4}, first.getWordLengths());
    assertEquals(10, first.getCharacters().length);
    assertEquals(0, first.getValues().length);
  }

  private void assertVectors(DatasetDirectory dataset) {
    dataset.verify(spark, Split.TRAIN);
    assertEquals(Optional.of(VECTORS), dataset.manifest().examples());
    assertTrue(dataset.characters().isEmpty());
    SplitContent content = dataset.manifest().content(Split.TRAIN);
    assertEquals(3, content.tokens());
    assertEquals(0, content.unknown());
    assertEquals(2, content.longest());
    ExampleRow first = rows(dataset).get(0);
    assertArrayEquals(new float[] {.5f, 1, -2, 3.25f}, first.getValues());
    assertArrayEquals(new int[] {1}, first.getTargets());
    assertEquals(0, first.getTokens().length);
    assertEquals(0, first.getWordLengths().length);
  }

  @Test
  void whatIsWrittenIsRead() {
    assertTagged(writeTagged(taggedRows(), 4));
    assertVectors(writeVectors(vectorRows(), 3));
  }

  @Test
  void readsExamplesOfVersion4() throws URISyntaxException {
    assertTagged(open(committed("tagged-v4")));
    assertVectors(open(committed("vectors-v4")));
    // By sha256sum, over the text that the format page describes.
    assertEquals(
        "a4aec4a448998f2fe8f6117bd1ae705db6d4e119bbd904215b88558707c8fd3d",
        open(committed("tagged-v4")).manifest().contentFingerprint());
    assertEquals(
        "641180df20bdac096d57060e5506c96c23368c101471ebb47aa96360e436db53",
        open(committed("vectors-v4")).manifest().contentFingerprint());
  }

  @Test
  void theIdentityCoversShapeAndVocabularies() {
    Manifest manifest = writeTagged(taggedRows(), 4).manifest();
    var otherShape = new ExampleShape(ExampleShape.Source.TOKENS, 0, Target.TAGS, true, 3, false);
    assertNotEquals(
        manifest.contentFingerprint(),
        with(manifest, otherShape, manifest.vocabularies()).contentFingerprint());
    for (VocabularyUse use : manifest.vocabularies().keySet()) {
      Map<VocabularyUse, VocabularySummary> others = new EnumMap<>(manifest.vocabularies());
      others.put(use, new VocabularySummary(others.get(use).tokenizer(), 4, "other"));
      assertNotEquals(
          manifest.contentFingerprint(), with(manifest, TAGGED, others).contentFingerprint());
    }
  }

  private static Manifest with(
      Manifest manifest, ExampleShape shape, Map<VocabularyUse, VocabularySummary> vocabularies) {
    return new Manifest(
        manifest.kind(),
        vocabularies,
        0,
        manifest.sources(),
        manifest.splits(),
        Optional.empty(),
        Optional.of(shape));
  }

  @Test
  void vectorsHaveNoVocabularyAndRunningTextNoLabels() throws URISyntaxException {
    var vectors = open(committed("vectors-v4"));
    String message = assertThrows(DataException.class, vectors::vocabulary).getMessage();
    assertTrue(message.endsWith("the dataset has examples of vectors, and no vocabulary"), message);
    assertThrows(DataException.class, vectors.manifest()::tokenizer);
    assertThrows(DataException.class, vectors.manifest()::vocabularySize);
    var text = open(committed("text-v3"));
    message = assertThrows(DataException.class, text::labels).getMessage();
    assertTrue(message.contains("it has no labels, since it holds running text"), message);
    assertTrue(text.characters().isEmpty());
    assertTrue(text.manifest().examples().isEmpty());
    assertTrue(text.manifest().content(Split.TRAIN).targets().isEmpty());
  }

  private void assertRefused(DatasetDirectory dataset, String reason) {
    String message =
        assertThrows(DataException.class, () -> dataset.verify(spark, Split.TRAIN)).getMessage();
    assertTrue(message.contains("split=train: it has " + reason), message);
  }

  @Test
  void refusesTokensTagsAndCharactersThatDoNotHold() {
    int[] two = {2, 3};
    int[] letters = {1, 2, 3};
    int[] lengths = {1, 2};
    assertRefused(
        writeTagged(List.of(tagged(1, two, two, letters, lengths)), 2),
        "0 examples numbered from 0 (expected 1)");
    assertRefused(
        writeTagged(
            List.of(tagged(0, two, two, letters, lengths), tagged(0, two, two, letters, lengths)),
            4),
        "1 different examples (expected 2)");
    assertRefused(
        writeTagged(List.of(tagged(0, new int[0], new int[0], new int[0], new int[0])), 0),
        "1 examples without tokens (expected 0)");
    assertRefused(
        writeTagged(List.of(tagged(0, new int[] {2, 5}, two, letters, lengths)), 2),
        "1 examples with token ids that there are not");
    assertRefused(
        writeTagged(List.of(tagged(0, two, new int[] {1}, letters, lengths)), 2),
        "1 examples without one tag for each step");
    assertRefused(
        writeTagged(List.of(tagged(0, two, two, letters, new int[] {3})), 2),
        "1 examples without one length for each word");
    assertRefused(
        writeTagged(List.of(tagged(0, two, two, letters, new int[] {3, 0})), 2),
        "1 examples with words without characters");
    assertRefused(
        writeTagged(List.of(tagged(0, two, two, letters, new int[] {1, 1})), 2),
        "1 examples with other characters than their words have");
    assertRefused(
        writeTagged(List.of(tagged(0, two, two, new int[] {1, 2, 4}, lengths)), 2),
        "1 examples with character ids that there are not");
  }

  @Test
  void refusesVectorsThatDoNotHold() {
    assertRefused(
        writeVectors(List.of(vectors(new int[] {1}, 1, 2, 3)), 1),
        "1 examples that are not vectors of 2");
    assertRefused(
        writeVectors(List.of(vectors(new int[] {1})), 0), "1 examples that are not vectors of 2");
    assertRefused(
        writeVectors(List.of(vectors(new int[] {1, 1}, 1, 2)), 1),
        "1 examples without one label (expected 0)");
    for (float wrong : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      assertRefused(
          writeVectors(List.of(vectors(new int[] {1}, 1, wrong)), 1),
          "1 examples with values that are no finite numbers");
    }
  }

  private static Row vectors(int[] targets, float... values) {
    return RowFactory.create(0L, values, targets);
  }

  /** A copy of the committed examples, to damage. */
  private Path copy() throws IOException, URISyntaxException {
    Path from = committed("tagged-v4");
    Path to = folder.resolve("copy");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  private static void edit(Path file, String part, String replacement) throws IOException {
    String text = Files.readString(file);
    assertTrue(text.contains(part), text);
    Files.writeString(file, text.replace(part, replacement));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"longest\" : 3 | \"longest\" : 4 | it has 3 steps in its longest example (expected 4)",
        "\"NOUN\" : 2 | \"NOUN\" : 1 | it has 2 targets 'NOUN' (expected 1)",
        "\"tokens\" : 4 | \"tokens\" : 5 | it has 4 steps (expected 5)",
        "\"characters\" : true | \"characters\" : false | unknown field characters",
        "\"X\" : 0 | \"Y\" : 0 | the manifest counts other labels in split train than labels.json",
        "\"source\" : \"tokens\" | \"source\" : \"pictures\" | examples.source is \"pictures\""
            + " (expected tokens or vectors)",
        "\"source\" : \"tokens\" | \"source\" : \"vectors\" | Invalid vector-size: 0 (expected at"
            + " least 1)",
        "\"target\" : \"tags\" | \"target\" : \"tag\" | examples.target is \"tag\" (expected label"
            + " or tags)",
        "\"version\" : 4 | \"version\" : 3 | kind is \"examples\" (expected stream or captions)",
        "\"kind\" : \"examples\" | \"kind\" : \"stream\" | kind is \"stream\" (expected examples in"
            + " version 4)",
        "\"rare-from\" : 4 | \"rare\" : 4 | unknown field examples.rare"
      })
  void refusesAManifestThatDoesNotHold(String part, String replacement, String reason)
      throws IOException, URISyntaxException {
    Path path = copy();
    edit(path.resolve(Manifest.FILE), part, replacement);
    String message =
        assertThrows(DataException.class, () -> open(path).verify(spark, Split.TRAIN)).getMessage();
    assertTrue(message.contains(reason), message);
  }

  @Test
  void refusesLabelsThatAreMissingOrOthers() throws IOException, URISyntaxException {
    Path path = copy();
    Path labels = path.resolve("labels.json");
    Files.writeString(
        labels, new Vocabulary(new LabelTokenizer(), List.of("a", "b", "c", "d")).toJson());
    String message = assertThrows(DataException.class, () -> open(path)).getMessage();
    assertTrue(message.contains("its labels have 4 tokens and fingerprint "), message);
    Files.delete(labels);
    message = assertThrows(DataException.class, () -> open(path)).getMessage();
    assertTrue(message.endsWith("labels.json: it is missing"), message);
  }

  @Test
  void labelsMayHaveBlanksButNoLineBreaks() {
    var labels = new Vocabulary(new LabelTokenizer(), List.of("Ankle boot", "T-shirt/top"));
    assertArrayEquals(new int[] {0}, labels.encode("Ankle boot"));
    assertEquals(labels.tokens(), Vocabulary.fromJson(labels.toJson()).tokens());
    for (String wrong : List.of("", " ", "a\nb", "a\u2028b")) {
      assertThrows(DataException.class, () -> new Vocabulary(new LabelTokenizer(), List.of(wrong)));
    }
  }
}
