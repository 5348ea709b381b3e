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
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors with texts of which several are about the same: written, read, and read through. */
class GroupedExamplesIT {
  private static final Vocabulary WORDS =
      new Vocabulary(new CaptionTokenizer(1), List.of("<unk>", "<bos>", "<eos>", "a", "dog"));
  private static final ExampleShape ALONE = ExampleShape.ofVectors(2, Target.TEXT);
  private static final ExampleShape GROUPED = ALONE.inGroups();

  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path folder;

  /** Two captions of image 7, which has two vectors, and one of image 9, which has one. */
  private static List<Row> rows(long... groups) {
    float[] two = {0, 1, 0.5f, -1};
    return List.of(
        RowFactory.create(0L, groups[0], two, new int[] {1, 3, 4, 2}),
        RowFactory.create(1L, groups[1], two, new int[] {1, 4, 2}),
        RowFactory.create(2L, groups[2], new float[] {1, 0}, new int[] {1, 0, 2}));
  }

  private DatasetDirectory write(List<Row> rows, ExampleShape shape) {
    String uri = folder.resolve("out").toString();
    var split = new SplitRows(spark.createDataFrame(rows, shape.schema()), 5, 10, 0);
    DatasetWriter.to(spark, new DatasetTarget(uri, true))
        .write(
            new DatasetContent(
                DatasetKind.EXAMPLES,
                Map.of(VocabularyUse.TARGETS, WORDS),
                0,
                List.of(new Source("file:/corpora/captions.json", 42, "ab")),
                Map.of(Split.TRAIN, split),
                Optional.empty(),
                Optional.of(shape)));
    return open(Path.of(uri));
  }

  private DatasetDirectory open(Path path) {
    return DatasetDirectory.open(path.toString(), spark.sparkContext().hadoopConfiguration());
  }

  private static Path committed() throws URISyntaxException {
    return Path.of(GroupedExamplesIT.class.getResource("/datasets/captions-v6").toURI());
  }

  private void assertCaptions(DatasetDirectory dataset) {
    dataset.verify(spark, Split.TRAIN);
    assertEquals(Optional.of(GROUPED), dataset.manifest().examples());
    assertEquals(WORDS.tokens(), dataset.targets().tokens());
    SplitContent content = dataset.manifest().content(Split.TRAIN);
    assertEquals(3, content.rows());
    assertEquals(5, content.tokens());
    assertEquals(2, content.longest());
    assertEquals(10, content.targetTokens());
    assertEquals(1, content.targetUnknown());
    List<ExampleRow> rows =
        ExampleRow.of(dataset.rows(spark, Split.TRAIN).orderBy("id"), GROUPED).collectAsList();
    assertEquals(List.of(7L, 7L, 9L), rows.stream().map(ExampleRow::getGroup).toList());
    assertArrayEquals(new float[] {0, 1, 0.5f, -1}, rows.get(1).getValues());
    assertEquals("dog", dataset.targets().decode(rows.get(1).getTargets()));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    assertCaptions(write(rows(7, 7, 9), GROUPED));
    String manifest = Files.readString(folder.resolve("out/manifest.json"));
    assertTrue(manifest.contains("\"version\" : 6"), manifest);
    assertTrue(manifest.contains("\"grouped\" : true"), manifest);
  }

  @Test
  void readsCaptionsOfVersion6() throws URISyntaxException {
    DatasetDirectory dataset = open(committed());
    assertCaptions(dataset);
    // By Python's hashlib, over the text that the format page describes.
    assertEquals(
        "e2b6609815b20a17c78845700ec7713ee90c2bcfa6767787cf8417ceba56494c",
        dataset.manifest().contentFingerprint());
  }

  @Test
  void theIdentityCoversGroupsAndThatThereAreSome() {
    String identity = write(rows(7, 7, 9), GROUPED).manifest().contentFingerprint();
    assertNotEquals(identity, write(rows(7, 7, 8), GROUPED).manifest().contentFingerprint());
    assertEquals(identity, write(rows(7, 7, 9), GROUPED).manifest().contentFingerprint());
    List<Row> alone =
        rows(7, 7, 9).stream()
            .map(row -> RowFactory.create(row.get(0), row.get(2), row.get(3)))
            .toList();
    DatasetDirectory ungrouped = write(alone, ALONE);
    assertNotEquals(identity, ungrouped.manifest().contentFingerprint());
    assertFalse(ungrouped.manifest().toJson().contains("grouped"));
    assertEquals(
        List.of(0L, 1L, 2L),
        ExampleRow.of(ungrouped.rows(spark, Split.TRAIN).orderBy("id"), ALONE)
            .collectAsList()
            .stream()
            .map(ExampleRow::getGroup)
            .toList());
  }

  @Test
  void refusesGroupsWhoseExamplesAreApart() {
    DatasetDirectory dataset = write(rows(7, 9, 7), GROUPED);
    String message =
        assertThrows(DataException.class, () -> dataset.verify(spark, Split.TRAIN)).getMessage();
    assertTrue(
        message.endsWith(
            "split=train: it has 1 groups whose examples are apart from each other (expected 0)"),
        message);
  }

  @Test
  void onlyTextsAreGrouped() throws IOException {
    assertThrows(
        IllegalArgumentException.class, () -> ExampleShape.ofVectors(2, Target.LABEL).inGroups());
    String manifest = write(rows(7, 7, 9), GROUPED).manifest().toJson();
    String labels = manifest.replace("\"version\" : 6", "\"version\" : 4");
    String message =
        assertThrows(DataException.class, () -> Manifest.fromJson(labels)).getMessage();
    assertEquals("Invalid manifest: unknown field examples.grouped", message);
    assertEquals(
        Optional.of(ALONE),
        Manifest.fromJson(manifest.replace("\"grouped\" : true", "\"grouped\" : false"))
            .examples());
  }
}
