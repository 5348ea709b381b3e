package io.unroll.dataprep.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.counting.ExtendedVocabulary;
import io.unroll.dataprep.counting.GivenVocabulary;
import io.unroll.dataprep.counting.VocabularyChoice;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.dataprep.tokenize.WordTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text that is encoded with a vocabulary that was there before. */
class StoredVocabularyIT {
  private static final Vocabulary CHARS =
      new Vocabulary(new CharTokenizer(1), List.of("b", "a", "\n"));
  private static final Vocabulary WORDS =
      new Vocabulary(new WordTokenizer(true, 1, 0), List.of("<unk>", "<eos>", "to", "be"));

  private static final Fractions HALVES = new Fractions(0.5, 0.5, 0);

  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path folder;

  private PreparationSummary prepare(VocabularyChoice vocabulary, Fractions fractions, String text)
      throws IOException {
    Path input = Files.writeString(folder.resolve("a.txt"), text);
    var options =
        new TextOptions(
            List.of(input.toString()),
            List.of(),
            List.of(),
            new DatasetTarget(folder.resolve("out").toString(), true),
            vocabulary,
            fractions,
            100,
            Normalization.NONE);
    return new TextPreparation(spark, options).run();
  }

  private static ExtendedVocabulary extended(Vocabulary vocabulary, int minCount, int most) {
    return new ExtendedVocabulary(vocabulary, vocabulary.tokenizer().choosing(minCount, most));
  }

  private DatasetDirectory dataset() {
    return DatasetDirectory.open(
        folder.resolve("out").toString(), spark.sparkContext().hadoopConfiguration());
  }

  private String text(Split split) {
    int[] ids =
        dataset().rows(spark, split).first().<Integer>getList(1).stream()
            .mapToInt(Integer::intValue)
            .toArray();
    return dataset().vocabulary().decode(ids);
  }

  private void assertRefused(
      String message, VocabularyChoice vocabulary, Fractions fractions, String text) {
    var e = assertThrows(DataException.class, () -> prepare(vocabulary, fractions, text));
    assertEquals(message, e.getMessage());
    assertFalse(Files.exists(folder.resolve("out")), "nothing may be written");
  }

  @Test
  void encodesWithAVocabularyThatIsThere() throws IOException {
    PreparationSummary summary =
        prepare(new GivenVocabulary(WORDS), Fractions.ALL_TRAIN, "Be or\nnot to be");
    assertEquals(WORDS.toJson(), dataset().vocabulary().toJson());
    assertEquals("be <unk>\n<unk> to be\n", text(Split.TRAIN));
    assertEquals(2, summary.manifest().content(Split.TRAIN).unknown());
    assertEquals("be", summary.mostFrequent().get(1).token());
    assertTrue(summary.text().contains("new tokens    0\n"), summary.text());
  }

  @Test
  void anUnknownTokenOfAnEarlierTrainingIsNotCalledUntrained() throws IOException {
    PreparationSummary given = prepare(new GivenVocabulary(WORDS), HALVES, "to be to be or not or");
    assertEquals(3, given.manifest().content(Split.VALID).unknown());
    assertEquals(List.of(), given.remarks());
    PreparationSummary appended = prepare(extended(CHARS, 1, 0), HALVES, "abab\nabcde");
    assertEquals(
        List.of(
            "<unk> is 60.0 % of what is predicted later, but never seen in training (--min-count 2"
                + " makes rare tokens unknown there too)"),
        appended.remarks());
  }

  @Test
  void namesTheCharactersThatAVocabularyWithoutUnknownTokenLacks() {
    assertRefused(
        "Cannot encode the text: it has 2 characters that the vocabulary lacks, which has no <unk>:"
            + " '\u00e9' (U+00E9) 3 times, '\ud83d\ude00' (U+1F600) 1 time (append those of the"
            + " training text to the vocabulary with --extend)",
        new GivenVocabulary(CHARS),
        HALVES,
        "ab\u00e9aba\u00e9\u00e9\ud83d\ude00");
    assertRefused(
        "Cannot encode the text: it has 12 characters that the vocabulary lacks, which has no"
            + " <unk>: '0' (U+0030) 1 time, '1' (U+0031) 1 time, '2' (U+0032) 1 time, '3' (U+0033) 1"
            + " time, '4' (U+0034) 1 time, '5' (U+0035) 1 time, '6' (U+0036) 1 time, '7' (U+0037) 1"
            + " time, '8' (U+0038) 1 time, '9' (U+0039) 1 time, ... (append those of the training"
            + " text to the vocabulary with --extend)",
        new GivenVocabulary(CHARS),
        HALVES,
        "abababababab" + "0123456789xy");
  }

  @Test
  void refusesTextOfWhichTheVocabularyHasNothing() {
    assertRefused(
        "Cannot encode the text: the vocabulary has no token of the training text (give the"
            + " vocabulary of such text, or append to it with --extend)",
        new GivenVocabulary(WORDS),
        Fractions.ALL_TRAIN,
        "sein oder\nnicht sein\n");
    assertRefused(
        "Cannot encode the text: the training text has no token; it holds 2 lines that are blank or"
            + " only <unk> (give other text)",
        extended(WORDS, 1, 0),
        Fractions.ALL_TRAIN,
        "<unk>\n \n");
  }

  @Test
  void appendsWhatIsNewMostFrequentFirst() throws IOException {
    PreparationSummary summary =
        prepare(extended(WORDS, 1, 0), HALVES, "z be y z x y or to be z be");
    assertEquals(
        List.of("<unk>", "<eos>", "to", "be", "y", "z", "x"), dataset().vocabulary().tokens());
    assertEquals("z be y z x y", text(Split.TRAIN).strip());
    assertEquals(1, summary.manifest().content(Split.VALID).unknown());
    assertTrue(summary.text().contains("new tokens    3: 'y' 2, 'z' 2, 'x' 1\n"), summary.text());
    String rows = dataset().manifest().contentFingerprint();
    prepare(extended(WORDS, 1, 0), HALVES, "z be y z x y or to be z be");
    assertEquals(rows, dataset().manifest().contentFingerprint());
  }

  @Test
  void limitsHoldForNewTokensOnly() throws IOException {
    prepare(extended(WORDS, 3, 0), Fractions.ALL_TRAIN, "a a a b b b c c be\n");
    assertEquals(List.of("<unk>", "<eos>", "to", "be", "a", "b"), dataset().vocabulary().tokens());
    PreparationSummary full =
        prepare(extended(WORDS, 2, 5), Fractions.ALL_TRAIN, "a a a b b b c c be\n");
    assertEquals(List.of("<unk>", "<eos>", "to", "be", "a"), dataset().vocabulary().tokens());
    assertEquals(new WordTokenizer(true, 2, 5), dataset().vocabulary().tokenizer());
    assertEquals(
        List.of(
            "no room for 2 new tokens more: the vocabulary has as many as --max-vocabulary allows"),
        full.remarks());
  }

  @Test
  void charactersGetAnUnknownTokenOnlyWhereTheyNeedOne() throws IOException {
    prepare(extended(CHARS, 1, 0), Fractions.ALL_TRAIN, "abcab\n");
    assertEquals(List.of("b", "a", "\n", "c"), dataset().vocabulary().tokens());
    PreparationSummary rare = prepare(extended(CHARS, 2, 0), Fractions.ALL_TRAIN, "abccxyz\n");
    assertEquals(List.of("b", "a", "\n", "<unk>", "c"), dataset().vocabulary().tokens());
    assertEquals("abcc<unk><unk><unk>\n", text(Split.TRAIN));
    assertTrue(rare.text().contains("new tokens    2: '<unk>' 3, 'c' 2\n"), rare.text());
    prepare(extended(CHARS, 1, 0), HALVES, "abcd" + "abcx");
    assertEquals(List.of("b", "a", "\n", "<unk>", "c", "d"), dataset().vocabulary().tokens());
    assertEquals("abc<unk>", text(Split.VALID));
  }

  @Test
  void withoutAnythingNewItIsTheSameVocabulary() throws IOException {
    for (Vocabulary old : List.of(CHARS, WORDS)) {
      PreparationSummary summary =
          prepare(extended(old, 9, 0), Fractions.ALL_TRAIN, old == CHARS ? "abba\n" : "to be to\n");
      assertEquals(old.fingerprint(), summary.manifest().vocabularyFingerprint());
      assertTrue(summary.text().contains("new tokens    0\n"), summary.text());
    }
  }

  @Test
  void aVocabularyOfCaptionsIsForNoText() {
    var captions =
        new Vocabulary(new CaptionTokenizer(1), List.of("<unk>", "<bos>", "<eos>", "dog"));
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> prepare(new GivenVocabulary(captions), Fractions.ALL_TRAIN, "dog dog"));
    assertEquals(
        "Invalid tokenizer: caption is for captions of images (expected char or word for running"
            + " text)",
        e.getMessage());
  }
}
