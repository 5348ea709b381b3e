package io.unroll.dataprep.coco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import io.unroll.dataprep.tokenize.CharTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CocoPreparationIT {
  /** Three images, one without a caption; captions of an image apart from each other. */
  private static final String CAPTIONS =
      """
      {"info": {"year": 2014}, "licenses": [{"id": 1}], "type": "captions",
       "images": [{"id": 30, "file_name": "c.jpg"}, {"id": 10}, {"id": 20, "x": {"y": [1]}}],
       "annotations": [
        {"image_id": 10, "id": 1, "caption": "A dog runs."},
        {"image_id": 30, "id": 2, "caption": "  A cat,\\n a dog. "},
        {"image_id": 10, "id": 3, "caption": "The DOG runs!"},
        {"image_id": 30, "id": 4, "caption": "..."}]}
      """;

  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path folder;

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private CocoOptions options(
      List<String> inputs, List<String> valid, List<String> test, Fractions fractions) {
    return new CocoOptions(
        inputs, folder.resolve("out").toString(), 1, valid, test, fractions, false);
  }

  private PreparationSummary prepare(CocoOptions options) {
    return new CocoPreparation(spark, options).run();
  }

  private String refusal(CocoOptions options) {
    String message = assertThrows(DataException.class, () -> prepare(options)).getMessage();
    assertFalse(Files.exists(folder.resolve("out")), "nothing may be written");
    return message;
  }

  /** Rows in the order of the file, as {@code image/caption: text}. */
  private List<String> rows(Split split) {
    var dataset =
        DatasetDirectory.open(
            folder.resolve("out").toString(), spark.sparkContext().hadoopConfiguration());
    List<String> rows = new ArrayList<>();
    for (Row row : dataset.rows(spark, split).collectAsList()) {
      int[] ids = row.<Integer>getList(2).stream().mapToInt(Integer::intValue).toArray();
      assertEquals(dataset.vocabulary().begin().orElseThrow(), ids[0]);
      assertEquals(dataset.vocabulary().end().orElseThrow(), ids[ids.length - 1]);
      rows.add(
          String.format(
              Locale.ROOT,
              "%d/%d: %s",
              row.getLong(0),
              row.getLong(1),
              dataset.vocabulary().decode(ids)));
    }
    return rows;
  }

  @Test
  void dividesByListsOfImages() throws IOException {
    String valid = write("valid.txt", "val2014/COCO 30.jpg 30\n\n20\n");
    PreparationSummary summary =
        prepare(options(List.of(write("a.json", CAPTIONS)), List.of(valid), List.of(), null));
    assertEquals(List.of("10/1: a dog runs", "10/3: the dog runs"), rows(Split.TRAIN));
    assertEquals(List.of("30/2: a <unk> a dog"), rows(Split.VALID));
    var content = summary.manifest().content(Split.VALID);
    assertEquals(2, content.images());
    assertEquals(6, content.tokens());
    assertEquals(1, content.unknown());
    assertEquals(2, summary.manifest().sources().size());
    assertTrue(
        summary.text().contains("3 images and 4 captions read; 1 caption without a word left out"),
        summary.text());
  }

  @Test
  void dividesByFractionsOfTheImagesAcrossFiles() throws IOException {
    String second =
        """
        {"annotations": [{"image_id": 7, "id": 70, "caption": "a bird"}], "images": [{"id": 7}]}
        """;
    prepare(
        options(
            List.of(write("a.json", CAPTIONS), write("b.json", second)),
            List.of(),
            List.of(),
            new Fractions(0.75, 0, 0.25)));
    assertEquals(
        List.of("30/2: a cat a dog", "10/1: a dog runs", "10/3: the dog runs"), rows(Split.TRAIN));
    assertEquals(List.of("7/70: a <unk>"), rows(Split.TEST));
  }

  @Test
  void appendsToAVocabularyThatIsThere() throws IOException {
    String input = write("a.json", CAPTIONS);
    var old =
        new Vocabulary(new CaptionTokenizer(5), List.of("<unk>", "<bos>", "<eos>", "bird", "dog"));
    var target = new DatasetTarget(folder.resolve("out").toString(), true);
    for (VocabularyChoice vocabulary :
        List.of(
            new GivenVocabulary(old),
            new ExtendedVocabulary(old, old.tokenizer().choosing(2, 0)))) {
      prepare(
          new CocoOptions(
              List.of(input), target, vocabulary, List.of(), List.of(), Fractions.ALL_TRAIN));
      boolean given = vocabulary instanceof GivenVocabulary;
      assertEquals(
          given
              ? List.of(
                  "30/2: <unk> <unk> <unk> dog", "10/1: <unk> dog <unk>", "10/3: <unk> dog <unk>")
              : List.of("30/2: a <unk> a dog", "10/1: a dog runs", "10/3: <unk> dog runs"),
          rows(Split.TRAIN));
    }
  }

  @Test
  void tellsWhichFilesAreNew() throws IOException {
    String first = write("a.json", CAPTIONS);
    String second = write("b.json", "{\"annotations\": [], \"images\": [{\"id\": 7}]}");
    String output = folder.resolve("out").toString();
    prepare(options(List.of(first), List.of(), List.of(), Fractions.ALL_TRAIN));
    var options =
        new CocoOptions(
            List.of(first, second),
            new DatasetTarget(output, true, Optional.of(output)),
            new CountedVocabulary(new CaptionTokenizer(1)),
            List.of(),
            List.of(),
            Fractions.ALL_TRAIN);
    PreparationSummary summary = prepare(options);
    assertEquals("file:" + second, summary.manifest().since().orElseThrow().added().get(0).uri());
  }

  @Test
  void aVocabularyOfTextIsForNoCaptions() {
    var characters = new Vocabulary(new CharTokenizer(1), List.of("a"));
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new CocoOptions(
                    List.of("a"),
                    new DatasetTarget("o", false),
                    new GivenVocabulary(characters),
                    List.of(),
                    List.of(),
                    null));
    assertEquals(
        "Invalid tokenizer: char is for running text (expected caption for captions of images)",
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\": 10} | {\"id\": 30} | image id 30 is there 2 times",
        "\"id\": 3, | \"id\": 1, | caption id 1 is there 2 times",
        "\"image_id\": 30, \"id\": 2 | \"image_id\": 99, \"id\": 2 | annotation id 2 belongs to image"
            + " id 99, which is not among the images"
      })
  void namesIdsThatAreWrong(String part, String replacement, String reason) throws IOException {
    String input = write("a.json", CAPTIONS.replace(part, replacement));
    assertEquals(
        "Cannot read file:%s: %s".formatted(input, reason),
        refusal(options(List.of(input), List.of(), List.of(), null)));
  }

  @Test
  void namesAnIdThatTwoFilesHave() throws IOException {
    String a = write("a.json", CAPTIONS);
    String b = write("b.json", "{\"images\": [{\"id\": 20}, {\"id\": 10}], \"annotations\": []}");
    assertEquals(
        "Cannot read file:%s and file:%s: image id 10 is there 2 times".formatted(a, b),
        refusal(options(List.of(a, b), List.of(), List.of(), null)));
  }

  @Test
  void namesTheFileAndPlaceOfTruncatedJson() throws IOException {
    String input = write("a.json", CAPTIONS.substring(0, 300));
    String message = refusal(options(List.of(input), List.of(), List.of(), null));
    assertTrue(
        message.startsWith(
            "Cannot read file:%s: malformed JSON near byte offset 300: Unexpected end-of-input"
                .formatted(input)),
        message);
  }

  @Test
  void namesAListedImageThatIsNotThere() throws IOException {
    String input = write("a.json", CAPTIONS);
    String list = write("list.txt", "10\nx.jpg 11\n");
    assertEquals(
        "Cannot use file:%s, line 2: image id 11 is not among the images of the input"
            .formatted(list),
        refusal(options(List.of(input), List.of(list), List.of(), null)));
  }

  @Test
  void refusesListsThatDisagreeOrAreNone() throws IOException {
    String input = write("a.json", CAPTIONS);
    String one = write("one.txt", "10\n");
    String two = write("two.txt", "20\nx 10\n");
    String none = write("none.txt", "# images\n");
    assertEquals(
        "Cannot read file:%s, line 2: image id 10 is in file:%s, line 1 too".formatted(two, one),
        refusal(options(List.of(input), List.of(one), List.of(two), null)));
    assertEquals(
        "Cannot read file:%s, line 1: '# images' does not end in an image id".formatted(none),
        refusal(options(List.of(input), List.of(none), List.of(), null)));
  }

  @Test
  void refusesASplitWithoutCaptions() throws IOException {
    String input = write("a.json", CAPTIONS);
    String list = write("list.txt", "20\n");
    assertEquals(
        "Cannot prepare split test: it would have no captions (give more images, or another share)",
        refusal(options(List.of(input), List.of(), List.of(list), null)));
  }

  @Test
  void refusesSettingsThatCannotBeMeant() {
    var fractions =
        assertThrows(
            IllegalArgumentException.class,
            () -> options(List.of("a"), List.of("b"), List.of(), Fractions.DEFAULT));
    assertEquals(
        "Invalid fractions: 0.9/0.1/0.0 (expected none beside valid-images or test-images)",
        fractions.getMessage());
    var minCount =
        assertThrows(
            IllegalArgumentException.class,
            () -> new CocoOptions(List.of("a"), "o", 0, List.of(), List.of(), null, false));
    assertEquals("Invalid min-count: 0 (expected at least 1)", minCount.getMessage());
  }
}
