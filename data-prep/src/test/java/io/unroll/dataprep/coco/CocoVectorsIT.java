package io.unroll.dataprep.coco;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.ExampleRow;
import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.features.FeatureFormat;
import io.unroll.dataprep.features.FeatureOptions;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Captions with the vectors of their images. */
class CocoVectorsIT {
  /** Five images, out of order; 50 has no word, and 60 no vectors. */
  private static final String CAPTIONS =
      """
      {"images": [{"id": 30}, {"id": 10}, {"id": 20}, {"id": 50}, {"id": 60}],
       "annotations": [
        {"image_id": 30, "id": 9, "caption": "A cat."},
        {"image_id": 10, "id": 8, "caption": "A dog runs."},
        {"image_id": 30, "id": 3, "caption": "The cat!"},
        {"image_id": 20, "id": 7, "caption": "A dog and a cat"},
        {"image_id": 10, "id": 5, "caption": "Dogs"},
        {"image_id": 50, "id": 4, "caption": "..."},
        {"image_id": 60, "id": 6, "caption": "Nothing"}]}
      """;

  private static final String CLASSES = "10\t2\n20\t0,2\n\n30\t0\n50\t1\n70\t1\n";

  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path folder;

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static String fixture(String name) throws URISyntaxException {
    return Path.of(CocoVectorsIT.class.getResource("/features/" + name).toURI()).toString();
  }

  private PreparationSummary prepare(FeatureOptions vectors, List<String> excluded)
      throws IOException {
    return new CocoPreparation(
            spark,
            new CocoOptions(
                List.of(write("captions.json", CAPTIONS)),
                new DatasetTarget(folder.resolve("out").toString(), true),
                new CountedVocabulary(new CaptionTokenizer(1)),
                List.of(write("valid.txt", "20\n60\n")),
                List.of(),
                null,
                excluded,
                Optional.of(vectors)))
        .run();
  }

  private FeatureOptions classes(boolean asSet) throws IOException {
    return new FeatureOptions(
        List.of(write("classes.tsv", CLASSES)),
        FeatureFormat.CLASSES,
        List.of(),
        3,
        asSet,
        Map.of());
  }

  private DatasetDirectory open() {
    return DatasetDirectory.open(
        folder.resolve("out").toString(), spark.sparkContext().hadoopConfiguration());
  }

  /** Rows as {@code number/image: values: text}. */
  private List<String> rows(Split split) {
    DatasetDirectory dataset = open();
    dataset.verify(spark, split);
    ExampleShape shape = dataset.manifest().examples().orElseThrow();
    return ExampleRow.of(dataset.rows(spark, split).orderBy("id"), shape).collectAsList().stream()
        .map(
            row ->
                String.format(
                    Locale.ROOT,
                    "%d/%d: %s: %s",
                    row.getId(),
                    row.getGroup(),
                    Arrays.toString(row.getValues()),
                    dataset.targets().decode(row.getTargets())))
        .toList();
  }

  @Test
  void givesEachCaptionTheVectorOfItsImage() throws IOException {
    PreparationSummary summary = prepare(classes(false), List.of());
    assertEquals(
        List.of(
            "0/10: [0.0, 0.0, 1.0]: dogs",
            "1/10: [0.0, 0.0, 1.0]: a dog runs",
            "2/30: [1.0, 0.0, 0.0]: the cat",
            "3/30: [1.0, 0.0, 0.0]: a cat"),
        rows(Split.TRAIN));
    assertEquals(List.of("0/20: [1.0, 0.0, 1.0]: a dog <unk> a cat"), rows(Split.VALID));
    assertEquals(
        List.of(
            "1 image and 1 caption left out: they have no vectors",
            "vectors of 1 image left out: they have no caption",
            "4 images and 6 captions are left; 1 caption without a word left out",
            "the examples are about 2 images in train, 1 image in valid"),
        summary.notes());
    assertTrue(summary.text().contains("vectors of 3 numbers with a text"), summary.text());
    assertEquals(
        List.of("captions.json", "valid.txt", "classes.tsv"),
        summary.manifest().sources().stream()
            .map(source -> Path.of(source.uri()).getFileName().toString())
            .toList());
  }

  @Test
  void givesAVectorToEachClassOfASet() throws IOException {
    prepare(classes(true), List.of());
    assertEquals(
        List.of("0/20: [1.0, 0.0, 0.0, 0.0, 0.0, 1.0]: a dog <unk> a cat"), rows(Split.VALID));
    assertEquals(2, open().manifest().content(Split.VALID).longest());
    assertEquals(4, open().manifest().content(Split.TRAIN).tokens());
  }

  @Test
  void leavesExcludedImagesOut() throws IOException {
    String list = write("out.txt", "COCO_30.jpg 30\n99\n20\n");
    String message =
        assertThrows(DataException.class, () -> prepare(classes(false), List.of(list)))
            .getMessage();
    assertEquals(
        "Cannot prepare split valid: it would have no captions (give more images, or another"
            + " share)",
        message);
    PreparationSummary summary =
        prepare(classes(false), List.of(write("out.txt", "COCO_30.jpg 30\n\n99\n")));
    assertEquals(
        List.of("0/10: [0.0, 0.0, 1.0]: dogs", "1/10: [0.0, 0.0, 1.0]: a dog runs"),
        rows(Split.TRAIN));
    assertEquals(
        "1 image and 2 captions left out: they are among the 2 images that are excluded",
        summary.notes().get(0));
  }

  /** What the file of another program has is what lines of numbers have. */
  @ParameterizedTest
  @CsvSource({
    "NPY, vectors.npy, ids.txt, false",
    "NPY, regions.npy, ids.txt, true",
    "MAT, vectors.mat, ids.txt, false",
    "TSV, vectors.tsv,, false",
    "BOTTOM_UP, regions.tsv,, true"
  })
  void readsWhatOtherProgramsWrite(FeatureFormat format, String file, String ids, boolean regions)
      throws IOException, URISyntaxException {
    prepare(
        new FeatureOptions(
            List.of(fixture(file)),
            format,
            ids == null ? List.of() : List.of(fixture(ids)),
            0,
            false,
            Map.of()),
        List.of());
    assertEquals(
        regions
            ? List.of("0/20: [2.0, 2.5, 3.0, 3.5]: a dog <unk> a cat")
            : List.of("0/20: [2.0, 2.5]: a dog <unk> a cat"),
        rows(Split.VALID));
    String first = regions ? "[-1.0, -1.5, 4.0, 0.25]" : "[-1.0, -1.5]";
    assertEquals("0/10: " + first + ": dogs", rows(Split.TRAIN).get(0));
  }

  private void writeTable(Object... numbers) {
    var schema =
        new StructType()
            .add("image", DataTypes.LongType)
            .add("values", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("rows", DataTypes.IntegerType)
            .add("columns", DataTypes.IntegerType);
    List<org.apache.spark.sql.Row> rows =
        List.of(
            RowFactory.create(10L, new Object[] {1d, 2d}, 1, 2),
            RowFactory.create(20L, new Object[] {3d, 4d, 5d, 6d}, 2, 2),
            RowFactory.create(30L, numbers, 1, 2));
    spark
        .createDataFrame(rows, schema)
        .coalesce(1)
        .write()
        .parquet(folder.resolve("table").toString());
  }

  private FeatureOptions table() {
    return new FeatureOptions(
        List.of(folder.resolve("table").toString()),
        FeatureFormat.PARQUET,
        List.of(),
        0,
        false,
        Map.of("image_id", "image"));
  }

  @Test
  void readsTables() throws IOException {
    writeTable(7d, 8d);
    prepare(table(), List.of());
    assertEquals(List.of("0/20: [3.0, 4.0, 5.0, 6.0]: a dog <unk> a cat"), rows(Split.VALID));
  }

  @Test
  void refusesRowsOfTablesThatDoNotHold() throws IOException {
    writeTable(7d);
    String message =
        assertThrows(DataException.class, () -> prepare(table(), List.of())).getMessage();
    assertTrue(
        message.endsWith(
            ", row 3: image id 30 has 1 numbers for 1 rows and 2 columns (expected their product)"),
        message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "10>1>2;20>3;30>1>2 | line 2: image id 20 has vectors of 1 numbers (expected 2, as the"
            + " first image has)",
        "10>1>2;;20>3>NaN | line 3: number 2 of image id 20 is 'NaN' (expected a finite one)",
        "10>1>2;20x>3>4 | line 2: '20x' is no image id (expected a whole number first)",
        "10>1>2;20>3>4;10>1>2 | line 3: image id 10 is in file:DIR/vectors.tsv, line 1 too"
            + " (expected it once)",
        "x>1 | line 1: 'x' is no image id (expected a whole number first)"
      })
  void refusesLinesByFileAndNumber(String lines, String reason) throws IOException {
    String file = write("vectors.tsv", lines.replace('>', '\t').replace(';', '\n') + "\n");
    var options = new FeatureOptions(List.of(file), FeatureFormat.TSV);
    String message =
        assertThrows(DataException.class, () -> prepare(options, List.of())).getMessage();
    assertEquals(
        "Cannot read file:DIR/vectors.tsv, " + reason, message.replace(folder.toString(), "DIR"));
    assertFalse(Files.exists(folder.resolve("out")), "nothing may be written");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10;20;30 | Cannot pair the rows of NPY with the lines of IDS: there are 4 rows and 3 ids"
            + " (expected the id of an image for each row)",
        "10;20;30;50;70;80 | Cannot pair the rows of NPY with the lines of IDS: there are 4 rows"
            + " and 6 ids (expected the id of an image for each row)",
        "10;a.jpg;30;50 | Cannot read IDS, line 2: 'a.jpg' does not end in an image id",
        "10;20;30;20 | Cannot read NPY, row 4: image id 20 is in NPY, row 2 too (expected it once)"
      })
  void refusesListsThatDoNotGoWithTheirArray(String ids, String expected)
      throws IOException, URISyntaxException {
    String array = fixture("vectors.npy");
    String list = write("own-ids.txt", ids.replace(';', '\n'));
    var options =
        new FeatureOptions(List.of(array), FeatureFormat.NPY, List.of(list), 0, false, Map.of());
    String message =
        assertThrows(DataException.class, () -> prepare(options, List.of())).getMessage();
    assertEquals(expected, message.replace("file:" + array, "NPY").replace("file:" + list, "IDS"));
  }

  @Test
  void theSameWhateverTheOrderOfTheVectors() throws IOException {
    String identity = prepare(classes(false), List.of()).manifest().contentFingerprint();
    String other =
        CLASSES.lines().sorted((a, b) -> b.compareTo(a)).reduce("", (a, b) -> a + b + "\n");
    var turned =
        new FeatureOptions(
            List.of(write("other.tsv", other)),
            FeatureFormat.CLASSES,
            List.of(),
            3,
            false,
            Map.of());
    assertEquals(identity, prepare(turned, List.of()).manifest().contentFingerprint());
    assertNotEquals(identity, prepare(classes(true), List.of()).manifest().contentFingerprint());
  }

  @Test
  void writesNothingOfVocabulariesThatAreRead() throws IOException {
    prepare(classes(false), List.of());
    var names = new TreeSet<String>();
    try (var files = Files.list(folder.resolve("out"))) {
      files
          .map(file -> file.getFileName().toString())
          .filter(n -> !n.startsWith("."))
          .forEach(names::add);
    }
    assertArrayEquals(
        new String[] {"manifest.json", "split=train", "split=valid", "target-vocabulary.json"},
        names.toArray());
  }
}
