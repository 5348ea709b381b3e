package io.unroll.dataprep.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.unroll.dataprep.DataException;
import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.counting.ExtendedVocabulary;
import io.unroll.dataprep.counting.GivenVocabulary;
import io.unroll.dataprep.counting.VocabularyChoice;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.tokenize.BpeTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subwords of running text, beside Hugging Face's tokenizers, which read what is written. */
class SubwordTextIT {
  private static final int SIZE = 340;

  private static final String ODD =
      "Hello  World,   it's 3.5 \u20ac na\u00efve \u2026\t\ttab \t x\n\n  \n  a\u00a0b \u0939\u093f"
          + "\u0928\u094d \u65e5\u672c\ud83d\udc69\u200d\ud83d\udc67 x1\u00bd\u2167 <eos>\r\nend \r";

  @TempDir private static Path cache;
  @TempDir private Path folder;
  private final SparkSession spark = LocalSpark.session();

  /** Where the library unpacks its native part. */
  @BeforeAll
  static void nameCache() {
    System.setProperty("ENGINE_CACHE_DIR", cache.toString());
    System.setProperty("DJL_CACHE_DIR", cache.toString());
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  private static String text() {
    StringBuilder text = new StringBuilder();
    for (int x = 0; x < 200; x++) {
      text.append("The ").append(x).append(" lowest towers\n\tWIDER newest, \u00dcber ");
      text.append(x % 7 == 0 ? ODD : "").append('\n');
    }
    return text.toString();
  }

  private PreparationSummary prepare(
      String name, String text, VocabularyChoice vocabulary, long smallestPart) throws IOException {
    Path input = Files.writeString(folder.resolve(name + ".txt"), text);
    var options =
        new TextOptions(
            List.of(input.toString()),
            List.of(),
            List.of(),
            new DatasetTarget(folder.resolve(name).toString(), false),
            vocabulary,
            Fractions.ALL_TRAIN,
            100,
            Normalization.NONE);
    return new TextPreparation(spark, options, smallestPart).run();
  }

  private Vocabulary vocabulary(String name) throws IOException {
    return Vocabulary.fromJson(Files.readString(folder.resolve(name).resolve(Vocabulary.FILE)));
  }

  private long[] ids(String name) {
    DatasetDirectory dataset =
        DatasetDirectory.open(
            folder.resolve(name).toString(), spark.sessionState().newHadoopConf());
    dataset.verify(spark, Split.TRAIN);
    List<Row> rows = dataset.rows(spark, Split.TRAIN).orderBy("block").collectAsList();
    return rows.stream()
        .flatMapToLong(row -> row.<Integer>getList(1).stream().mapToLong(Integer::longValue))
        .toArray();
  }

  private long[] idsOfHuggingFace(String name, String text) throws IOException {
    Path file = folder.resolve(name).resolve("tokenizer.json");
    try (var tokenizer =
        HuggingFaceTokenizer.builder()
            .optTokenizerPath(file)
            .optTruncation(false)
            .optPadding(false)
            .build()) {
      return tokenizer.encode(text, false, false).getIds();
    }
  }

  private static VocabularyChoice learnt(boolean lowerCase) {
    return new CountedVocabulary(new BpeTokenizer(lowerCase, 2, SIZE));
  }

  @Test
  void huggingFaceGivesTheSameIds() throws IOException {
    for (boolean lowerCase : List.of(false, true)) {
      String name = "lower-" + lowerCase;
      prepare(name, text(), learnt(lowerCase), 1 << 20);
      long[] ids = ids(name);
      assertArrayEquals(idsOfHuggingFace(name, text()), ids);
      assertTrue(LongStream.of(ids).anyMatch(id -> id >= SIZE - 10), "late merges are used");
      Vocabulary vocabulary = vocabulary(name);
      int[] whole = LongStream.of(ids).mapToInt(id -> (int) id).toArray();
      String expected = lowerCase ? vocabulary.decode(vocabulary.encode(text())) : text();
      assertEquals(expected, vocabulary.decode(whole));
    }
  }

  @Test
  void partsOfAFileHaveTheTokensOfTheWhole() throws IOException {
    prepare("whole", text(), learnt(false), 1 << 20);
    prepare("parts", text(), learnt(false), 97);
    assertArrayEquals(ids("whole"), ids("parts"));
    assertEquals(vocabulary("whole").fingerprint(), vocabulary("parts").fingerprint());
  }

  @Test
  void givenSubwordsCutOtherText() throws IOException {
    prepare("first", text(), learnt(false), 1 << 20);
    Vocabulary vocabulary = vocabulary("first");
    prepare("second", ODD, new GivenVocabulary(vocabulary), 1 << 20);
    assertArrayEquals(idsOfHuggingFace("first", ODD), ids("second"));
    assertEquals(vocabulary.fingerprint(), vocabulary("second").fingerprint());
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ExtendedVocabulary(vocabulary, vocabulary.tokenizer()));
    assertTrue(refusal.getMessage().startsWith("Invalid --extend: "), refusal.getMessage());
  }

  @Test
  void otherDatasetsTakeTheFileAway() throws IOException {
    prepare("first", text(), learnt(false), 1 << 20);
    assertTrue(Files.exists(folder.resolve("first/tokenizer.json")));
    var words =
        new TextOptions(
            List.of(folder.resolve("first.txt").toString()),
            List.of(),
            List.of(),
            folder.resolve("first").toString(),
            Tokenizer.of("word", false, 1, 0),
            Fractions.ALL_TRAIN,
            100,
            true);
    new TextPreparation(spark, words).run();
    assertFalse(Files.exists(folder.resolve("first/tokenizer.json")));
  }

  @Test
  void damagedPiecesAreRefused() throws IOException {
    prepare("first", text(), learnt(false), 1 << 20);
    String json = Files.readString(folder.resolve("first").resolve(Vocabulary.FILE));
    String last = vocabulary("first").token(SIZE - 1);
    String damaged = json.replace("\"" + last + "\"", "\"" + last + "zq\"");
    var e = assertThrows(DataException.class, () -> Vocabulary.fromJson(damaged));
    assertEquals(
        "Invalid vocabulary: piece 339, '%szq', is not made of two earlier ones".formatted(last),
        e.getMessage());
  }
}
