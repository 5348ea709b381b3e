package io.unroll.dataprep.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.FullDisk;
import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.OutputExistsException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.dataset.Manifest;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
import io.unroll.dataprep.tokenize.WordTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextPreparationIT {
  private static final Tokenizer CHAR = new CharTokenizer(1);
  private static final Tokenizer WORD = new WordTokenizer(false, 1, 0);

  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path folder;
  private String output;

  @BeforeEach
  void nameOutput() {
    output = folder.resolve("out").toString();
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private String zip(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(UTF_8));
    }
    return file.toString();
  }

  private TextOptions options(List<String> inputs, Tokenizer tokenizer, Fractions fractions) {
    return new TextOptions(inputs, List.of(), List.of(), output, tokenizer, fractions, 7, false);
  }

  private TextOptions overwriting(List<String> inputs, Tokenizer tokenizer, Fractions fractions) {
    return new TextOptions(inputs, List.of(), List.of(), output, tokenizer, fractions, 7, true);
  }

  private PreparationSummary prepare(TextOptions options) {
    return new TextPreparation(spark, options).run();
  }

  private DatasetDirectory dataset() {
    return DatasetDirectory.open(output, spark.sparkContext().hadoopConfiguration());
  }

  private List<int[]> blocks(Split split) {
    List<int[]> blocks = new ArrayList<>();
    for (Row row : dataset().rows(spark, split).orderBy("block").collectAsList()) {
      assertEquals(blocks.size(), row.getLong(0));
      blocks.add(row.<Integer>getList(1).stream().mapToInt(Integer::intValue).toArray());
    }
    return blocks;
  }

  private String text(Split split) {
    int[] ids = blocks(split).stream().flatMapToInt(Arrays::stream).toArray();
    return dataset().vocabulary().decode(ids);
  }

  @Test
  void cutsRunningTextContiguouslyIntoBlocksOfEqualLength() throws IOException {
    String text = "0123456789".repeat(9) + "\r\n\u00e9\u4e2d\ud83d\ude00 end.";
    PreparationSummary summary =
        prepare(options(List.of(write("a.txt", text)), CHAR, new Fractions(0.5, 0.3, 0.2)));
    int[] points = text.codePoints().toArray();
    assertEquals(100, points.length);
    assertEquals(new String(points, 0, 50), text(Split.TRAIN));
    assertEquals(new String(points, 50, 30), text(Split.VALID).replace("<unk>", "0"));
    assertEquals(8, summary.manifest().content(Split.TRAIN).rows());
    List<int[]> blocks = blocks(Split.TRAIN);
    assertEquals(7, blocks.get(0).length);
    assertEquals(1, blocks.get(7).length);
    assertTrue(summary.text().contains("50 tokens, 0 unknown (0.0000 %), 8 blocks of 7"));
  }

  @Test
  void replacesLinksInADatasetWhoseNameLooksLikeAGlob() throws IOException {
    output = folder.resolve("[v1] {x,y} 12:30/d*").toString();
    String corpus = write("back\\slash[1] 12:30.txt", "one two three");
    prepare(options(List.of(corpus), CHAR, Fractions.ALL_TRAIN));
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    List<String> files =
        List.of("manifest.json", "vocabulary.json", ".vocabulary.json.crc", "_unfinished");
    for (String name : files) {
      Path link = Path.of(output, name);
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, Files.writeString(theirs.resolve(name), "theirs"));
    }
    Path linked = Files.createSymbolicLink(Path.of(output, "split=test"), theirs);
    prepare(overwriting(List.of(corpus), CHAR, Fractions.ALL_TRAIN));
    assertEquals("one two three", text(Split.TRAIN));
    assertFalse(Files.isSymbolicLink(linked));
    for (String name : files) {
      assertEquals("theirs", Files.readString(theirs.resolve(name)));
      assertFalse(Files.isSymbolicLink(Path.of(output, name)));
    }
  }

  @Test
  void readsFilesFoldersAndGzipInOrder() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("in"));
    Files.writeString(inner.resolve("b.txt"), "second ");
    Files.writeString(inner.resolve("a.txt"), "first ");
    Files.createFile(inner.resolve("c.txt"));
    String zipped = zip("z.txt.gz", "zipped ");
    String last = write("a.txt", "last");
    PreparationSummary summary =
        prepare(options(List.of(zipped, inner.toString(), last), CHAR, Fractions.ALL_TRAIN));
    assertEquals("zipped first second last", text(Split.TRAIN));
    var sources = summary.manifest().sources();
    assertEquals(5, sources.size());
    assertEquals("file:" + inner.resolve("a.txt"), sources.get(1).uri());
    // printf 'first ' | sha256sum
    assertEquals(
        "1f9ee9ef8f51c403d969eec342a084bbbd126dfe6915c9594b83873ca0c1699f",
        sources.get(1).sha256());
  }

  @Test
  void partsMakeNoDifference() throws IOException {
    String text =
        "It was the best of times,\nit was the \u4e2d\u6587 worst \n\nof times".repeat(40);
    String input = write("a.txt", text);
    for (Tokenizer tokenizer : List.of(CHAR, WORD)) {
      TextOptions options = overwriting(List.of(input), tokenizer, null);
      prepare(options);
      List<List<int[]>> whole = List.of(blocks(Split.TRAIN), blocks(Split.VALID));
      String vocabulary = dataset().vocabulary().fingerprint();
      new TextPreparation(spark, options, 100).run();
      assertEquals(vocabulary, dataset().vocabulary().fingerprint());
      assertSame(whole.get(0), blocks(Split.TRAIN));
      assertSame(whole.get(1), blocks(Split.VALID));
    }
  }

  private static void assertSame(List<int[]> expected, List<int[]> found) {
    assertEquals(
        expected.stream().map(Arrays::toString).toList(),
        found.stream().map(Arrays::toString).toList());
  }

  @Test
  void equalRowsAreTheSameDatasetWhateverTheBytesOfTheFiles() throws IOException {
    String input = write("a.txt", "same text, same bytes\n".repeat(50));
    var options = overwriting(List.of(input), WORD, null);
    prepare(options);
    Manifest manifest = dataset().manifest();
    byte[] first = part(Split.TRAIN);
    String content = manifest.contentFingerprint();
    Configuration settings = spark.sparkContext().hadoopConfiguration();
    settings.setBoolean("parquet.enable.dictionary", false);
    prepare(options);
    settings.unset("parquet.enable.dictionary");
    assertFalse(Arrays.equals(first, part(Split.TRAIN)));
    assertEquals(content, dataset().manifest().contentFingerprint());
    assertEquals(dataset().manifest(), Manifest.fromJson(dataset().manifest().toJson()));
    prepare(overwriting(List.of(write("b.txt", "other text\n".repeat(50))), WORD, null));
    assertNotEquals(content, dataset().manifest().contentFingerprint());
  }

  private byte[] part(Split split) throws IOException {
    var files = dataset().manifest().content(split).files();
    assertEquals(1, files.size());
    return Files.readAllBytes(Path.of(output, "split=" + split.label(), files.get(0).name()));
  }

  @Test
  void separateInputsTakeTheVocabularyOfTheTrainingText() throws IOException {
    var options =
        new TextOptions(
            List.of(write("train.txt", "the cat the dog\nthe end")),
            List.of(write("valid.txt", "the bird\n")),
            List.of(write("test.txt", "cat dog")),
            output,
            WORD,
            null,
            100,
            false);
    PreparationSummary summary = prepare(options);
    Vocabulary vocabulary = dataset().vocabulary();
    assertEquals(List.of("<unk>", "<eos>", "the", "cat", "dog", "end"), vocabulary.tokens());
    assertEquals("the <unk>\n", text(Split.VALID));
    assertEquals("cat dog\n", text(Split.TEST));
    assertEquals(1, summary.manifest().content(Split.VALID).unknown());
    assertEquals("the", summary.mostFrequent().get(0).token());
    assertEquals(3, summary.mostFrequent().get(0).count());
  }

  @Test
  void wordSettingsBoundTheVocabulary() throws IOException {
    String input = write("a.txt", "A a a B b C c d e\n");
    prepare(options(List.of(input), new WordTokenizer(true, 2, 4), Fractions.ALL_TRAIN));
    assertEquals(List.of("<unk>", "<eos>", "a", "b"), dataset().vocabulary().tokens());
    assertEquals("a a a b b <unk> <unk> <unk> <unk>\n", text(Split.TRAIN));
  }

  @Test
  void rareCharactersAreUnknown() throws IOException {
    String input = write("a.txt", "aabbccx");
    prepare(options(List.of(input), new CharTokenizer(2), Fractions.ALL_TRAIN));
    assertEquals(List.of("<unk>", "a", "b", "c"), dataset().vocabulary().tokens());
    assertEquals("aabbcc<unk>", text(Split.TRAIN));
  }

  @Test
  void charactersThatTrainingNeverSeesNeedAnUnknownToken() throws IOException {
    String input = write("a.txt", "abababababzz");
    prepare(options(List.of(input), CHAR, new Fractions(0.8, 0.2, 0)));
    assertEquals(List.of("<unk>", "a", "b"), dataset().vocabulary().tokens());
    assertEquals("b<unk><unk>", text(Split.VALID));
  }

  @Test
  void saysWhatIsEasilyOverlookedAndNormalizesIt() throws IOException {
    String input = write("a.txt", "cafe\u0301\r\nNUL: \0\r\n" + "x".repeat(80) + "yyy");
    PreparationSummary asIs = prepare(options(List.of(input), CHAR, null));
    for (String note :
        List.of(
            "note          the text has 2 carriage returns (--line-ends lf makes",
            "note          some of the text is not in Unicode's form NFC: letters that look",
            "note          the text has 1 NUL character, which text seldom has",
            "note          <unk> is 30.0 % of what is predicted later, but never seen in training")) {
      assertTrue(asIs.text().contains(note), asIs.text());
    }
    TextOptions plain = overwriting(List.of(input), CHAR, Fractions.ALL_TRAIN);
    PreparationSummary normalized =
        prepare(
            new TextOptions(
                plain.input(),
                List.of(),
                List.of(),
                plain.target(),
                plain.vocabulary(),
                plain.fractions(),
                7,
                new Normalization(Normalization.LineEnds.LF, Normalization.Form.NFC)));
    assertTrue(text(Split.TRAIN).startsWith("caf\u00e9\nNUL: \0\nxx"), text(Split.TRAIN));
    assertTrue(
        normalized.text().contains("2 carriage returns: their lines end with line feeds now"),
        normalized.text());
  }

  @Test
  void namesFileAndOffsetOfWhatIsNotUtf8() throws IOException {
    byte[] bytes = "good text ".repeat(30).getBytes(UTF_8);
    bytes[257] = (byte) 0xE9;
    Path bad = Files.write(folder.resolve("bad.txt"), bytes);
    for (Tokenizer tokenizer : List.of(CHAR, WORD)) {
      var preparation =
          new TextPreparation(spark, options(List.of(bad.toString()), tokenizer, null), 20);
      assertEquals(
          "Cannot read file:%s: not UTF-8 at byte offset 257 (0xE9; convert it to UTF-8)"
              .formatted(bad),
          assertThrows(DataException.class, preparation::run).getMessage());
      assertFalse(Files.exists(Path.of(output)));
    }
  }

  private String refusal(TextOptions options) {
    return assertThrows(DataException.class, () -> prepare(options)).getMessage();
  }

  @Test
  void refusesTextThatIsTooShort() throws IOException {
    String input = write("a.txt", "abcdefghi");
    assertEquals(
        "Cannot prepare split valid: it would have 1 of the 9 tokens of its text (expected at least 2;"
            + " give more text, or another share)",
        refusal(options(List.of(input), CHAR, null)));
    assertEquals(
        "Cannot prepare split train: it would have 0 of the 0 tokens of its text (expected at least 2;"
            + " give more text, or another share)",
        refusal(options(List.of(zip("empty.gz", "")), CHAR, Fractions.ALL_TRAIN)));
    assertEquals(
        "Cannot build a vocabulary: no token occurs 3 times in the training text (lower min-count)",
        refusal(options(List.of(input), new CharTokenizer(3), Fractions.ALL_TRAIN)));
    String blank = write("blank.txt", "\n \n\t\n");
    assertEquals(
        "Cannot build a vocabulary: the training text has no token; it holds 3 lines that are blank or"
            + " only <unk> (give other text)",
        refusal(options(List.of(blank), WORD, Fractions.ALL_TRAIN)));
  }

  @Test
  void replacesADatasetOnlyWhereAsked() throws IOException {
    String input = write("a.txt", "abcabc");
    TextOptions options = options(List.of(input), CHAR, Fractions.ALL_TRAIN);
    prepare(options);
    assertEquals(
        "Cannot write dataset file:%s: a dataset is there; choose another output, or replace it with --overwrite"
            .formatted(output),
        assertThrows(OutputExistsException.class, () -> prepare(options)).getMessage());
    String other = write("b.txt", "xyz");
    prepare(overwriting(List.of(other), CHAR, Fractions.ALL_TRAIN));
    assertEquals("xyz", text(Split.TRAIN));
  }

  @Test
  void keepsTheOldDatasetWhereTheNewInputIsBad() throws IOException {
    prepare(options(List.of(write("a.txt", "abcabc")), CHAR, Fractions.ALL_TRAIN));
    Path bad = Files.write(folder.resolve("bad.txt"), new byte[] {'a', (byte) 0xFF});
    refusal(overwriting(List.of(bad.toString()), CHAR, null));
    assertEquals("abcabc", text(Split.TRAIN));
  }

  @Test
  void replacesWhatAnInterruptedPreparationLeft() throws IOException {
    TextOptions options = options(List.of(write("a.txt", "abcabc")), CHAR, Fractions.ALL_TRAIN);
    prepare(options);
    Files.delete(Path.of(output, Manifest.FILE));
    Files.writeString(Path.of(output, "_unfinished"), "");
    var e = assertThrows(DataException.class, this::dataset);
    assertTrue(e.getMessage().contains("so it is unfinished or no dataset (run prep again)"));
    prepare(options);
    assertEquals("abcabc", text(Split.TRAIN));
    assertFalse(Files.exists(Path.of(output, "_unfinished")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"notes.txt", "split=train"})
  void neverDeletesWhatIsNoDatasets(String name) throws IOException {
    Path theirs = Files.createDirectories(Path.of(output)).resolve(name);
    Files.createDirectory(theirs);
    var options = overwriting(List.of(write("a.txt", "abcabc")), CHAR, Fractions.ALL_TRAIN);
    assertEquals(
        "Cannot write dataset file:%s: the directory holds other things (%s); choose an empty one"
            .formatted(output, name),
        assertThrows(OutputExistsException.class, () -> prepare(options)).getMessage());
    assertTrue(Files.exists(theirs));
  }

  @ParameterizedTest
  @ValueSource(strings = {"part-", "vocabulary.json", "manifest.json"})
  void leavesNoManifestWhereTheDiskIsFull(String word) throws IOException {
    Configuration settings = spark.sparkContext().hadoopConfiguration();
    settings.set("fs.full.impl", FullDisk.class.getName());
    settings.setBoolean("fs.full.impl.disable.cache", true);
    settings.set(FullDisk.WORD, word);
    String input = write("a.txt", "abcabc");
    var options =
        new TextOptions(
            List.of(input),
            List.of(),
            List.of(),
            "full://" + output,
            CHAR,
            Fractions.ALL_TRAIN,
            7,
            false);
    var e = assertThrows(UncheckedIOException.class, () -> prepare(options));
    assertEquals(
        "Cannot write dataset full:%s: No space left on device (it is left unfinished; when that is mended, run the same command again)"
            .formatted(output),
        e.getMessage());
    assertFalse(Files.exists(Path.of(output, Manifest.FILE)));
    settings.set(FullDisk.WORD, "/");
    prepare(options);
    assertTrue(Files.exists(Path.of(output, Manifest.FILE)));
  }
}
