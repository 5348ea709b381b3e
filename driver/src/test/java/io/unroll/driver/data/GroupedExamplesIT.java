package io.unroll.driver.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.coco.CocoOptions;
import io.unroll.dataprep.coco.CocoPreparation;
import io.unroll.dataprep.counting.CountedVocabulary;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.features.FeatureFormat;
import io.unroll.dataprep.features.FeatureOptions;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import io.unroll.worker.data.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captions of images, handed out beside the ids of their images. */
class GroupedExamplesIT {
  /** With three captions each, more than one list of examples has. */
  private static final int IMAGES = 400;

  @TempDir private Path folder;

  private final SparkSession spark =
      SparkSession.builder()
          .master("local[2]")
          .appName("unroll-driver-tests")
          .config("spark.ui.enabled", false)
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .getOrCreate();

  private static long image(int number) {
    return 7L + 10L * number;
  }

  private DatasetDirectory prepare() throws IOException {
    var images = new StringBuilder();
    var captions = new StringBuilder();
    var vectors = new StringBuilder();
    for (int number = 0; number < IMAGES; number++) {
      long image = image(number);
      images.append(String.format(Locale.ROOT, "%s{\"id\": %d}", number == 0 ? "" : ",", image));
      vectors.append(String.format(Locale.ROOT, "%d\t%d\t1\n", image, number));
      for (int caption = 0; caption < 3; caption++) {
        captions.append(
            String.format(
                Locale.ROOT,
                "%s{\"id\": %d, \"image_id\": %d, \"caption\": \"w%d\"}",
                captions.isEmpty() ? "" : ",",
                3 * number + caption,
                image,
                number % 5));
      }
    }
    String json = "{\"images\": [%s], \"annotations\": [%s]}".formatted(images, captions);
    Path input = Files.writeString(folder.resolve("captions.json"), json);
    Path features = Files.writeString(folder.resolve("vectors.tsv"), vectors);
    String output = folder.resolve("dataset").toString();
    new CocoPreparation(
            spark,
            new CocoOptions(
                List.of(input.toString()),
                new DatasetTarget(output, false),
                new CountedVocabulary(new CaptionTokenizer(1)),
                List.of(),
                List.of(),
                Fractions.ALL_TRAIN,
                List.of(),
                Optional.of(new FeatureOptions(List.of(features.toString()), FeatureFormat.TSV))))
        .run();
    return DatasetDirectory.open(output, new Configuration());
  }

  @Test
  void captionsComeWithTheirImagesInTheGroupsOfTheExamples() throws IOException {
    SplitData split = SplitData.open(spark, prepare(), Split.TRAIN);
    List<List<GroupedExample>> grouped = split.groupedExamples().collect();
    List<List<Example>> alone = split.examples().collect();
    assertTrue(alone.size() > 1, "several lists");
    assertEquals(
        alone.stream().map(List::size).toList(), grouped.stream().map(List::size).toList());
    List<GroupedExample> all = grouped.stream().flatMap(List::stream).toList();
    assertEquals(
        LongStream.range(0, 3L * IMAGES).map(x -> image((int) (x / 3))).boxed().toList(),
        all.stream().map(GroupedExample::group).toList());
    for (int x = 0; x < all.size(); x++) {
      int number = x / 3;
      assertArrayEquals(new float[] {number, 1}, all.get(x).example().values());
      assertEquals(3, all.get(x).example().targets().length);
    }
  }
}
