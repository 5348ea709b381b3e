package io.unroll.dataprep.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.SharedData;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.dataprep.tokenize.WordTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Published corpora, against the counts that their READMEs state. */
class TextCorporaIT {
  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path folder;

  @Test
  void tinyShakespeareHas65CharactersAndIsCutAtNineTenths() throws Exception {
    String input = SharedData.file("tiny-shakespeare/input.txt");
    String output = folder.resolve("shakespeare").toString();
    PreparationSummary summary =
        new TextPreparation(
                spark,
                new TextOptions(
                    List.of(input),
                    List.of(),
                    List.of(),
                    output,
                    new CharTokenizer(1),
                    null,
                    4096,
                    false))
            .run();
    var splits = summary.manifest().splits();
    assertEquals(65, summary.manifest().vocabularySize());
    assertEquals(1_003_854, splits.get(Split.TRAIN).tokens());
    assertEquals(111_540, splits.get(Split.VALID).tokens());
    assertEquals(2, splits.size());
    String text = Files.readString(Path.of(input));
    assertEquals(text.substring(0, 1_003_854), text(output, Split.TRAIN));
    assertEquals(text.substring(1_003_854), text(output, Split.VALID));
  }

  private String text(String output, Split split) {
    var dataset = DatasetDirectory.open(output, spark.sparkContext().hadoopConfiguration());
    var text = new StringBuilder();
    for (Row row : dataset.rows(spark, split).orderBy("block").collectAsList()) {
      int[] ids = row.<Integer>getList(1).stream().mapToInt(Integer::intValue).toArray();
      text.append(dataset.vocabulary().decode(ids));
    }
    return text.toString();
  }

  @Test
  void wikiText2HasThePublishedCounts() {
    String train = SharedData.file("wikitext-2/train.txt.gz");
    String valid = SharedData.file("wikitext-2/valid.txt");
    String test = SharedData.file("wikitext-2/test.txt");
    PreparationSummary summary =
        new TextPreparation(
                spark,
                new TextOptions(
                    List.of(train),
                    List.of(valid),
                    List.of(test),
                    folder.resolve("wikitext").toString(),
                    new WordTokenizer(false, 1, 0),
                    null,
                    65_536,
                    false))
            .run();
    var splits = summary.manifest().splits();
    assertEquals(33_278, summary.manifest().vocabularySize());
    assertEquals(2_088_628, splits.get(Split.TRAIN).tokens());
    assertEquals(217_646, splits.get(Split.VALID).tokens());
    assertEquals(245_569, splits.get(Split.TEST).tokens());
    assertEquals(32, splits.get(Split.TRAIN).rows());
    assertEquals("the", summary.mostFrequent().get(0).token());
    assertTrue(summary.text().contains("2,088,628 tokens"), summary.text());
  }
}
