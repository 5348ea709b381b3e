package io.unroll.dataprep.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.LocalSpark;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.DatasetKind;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.Manifest;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextGenerationIT {
  private final SparkSession spark = LocalSpark.session();
  @TempDir private Path folder;

  private DatasetDirectory sums(boolean reversed) {
    Path out = folder.resolve("out");
    new TextGeneration(
            new DatasetTarget(out.toString(), true),
            new Addition(3, reversed, false, 7),
            Map.of(Split.TRAIN, 300L, Split.TEST, 50L))
        .run(spark);
    return DatasetDirectory.open(out.toString(), spark.sessionState().newHadoopConf());
  }

  private List<Row> rows(DatasetDirectory dataset, Split split) {
    return dataset.rows(spark, split).sort("id").collectAsList();
  }

  private static String sum(Vocabulary vocabulary, Row row) {
    int[] tokens = row.<Integer>getList(2).stream().mapToInt(Integer::intValue).toArray();
    assertEquals(vocabulary.begin().orElseThrow(), tokens[0]);
    assertEquals(vocabulary.end().orElseThrow(), tokens[tokens.length - 1]);
    String text = vocabulary.decode(tokens);
    assertEquals(text.indexOf('=') + 1, row.getLong(1), text);
    return text;
  }

  @Test
  void sumsAreRightAndSplitsApart() {
    DatasetDirectory dataset = sums(false);
    Manifest manifest = dataset.manifest();
    assertEquals(DatasetKind.SEQUENCES, manifest.kind());
    dataset.verify(spark, Split.TRAIN);
    assertEquals(300, manifest.content(Split.TRAIN).rows());
    Set<String> training = new HashSet<>();
    long given = 0;
    for (Row row : rows(dataset, Split.TRAIN)) {
      String text = sum(dataset.vocabulary(), row);
      String[] numbers = text.split("[+=]", -1);
      assertEquals(
          Long.parseLong(numbers[0]) + Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
      training.add(text);
      given += row.getLong(1);
    }
    assertEquals(given, manifest.content(Split.TRAIN).given());
    for (Row row : rows(dataset, Split.TEST)) {
      assertTrue(!training.contains(sum(dataset.vocabulary(), row)));
    }
    assertEquals(manifest, Manifest.fromJson(manifest.toJson()));
  }

  @Test
  void theQuestionCanBeReversed() {
    String first = sum(sums(false).vocabulary(), rows(sums(false), Split.TRAIN).get(0));
    String reversed = sum(sums(true).vocabulary(), rows(sums(true), Split.TRAIN).get(0));
    String question = first.substring(0, first.indexOf('='));
    assertEquals(
        new StringBuilder(question).reverse() + first.substring(first.indexOf('=')), reversed);
  }

  @Test
  void whatTheManifestSaysIsChecked() throws IOException {
    DatasetDirectory dataset = sums(false);
    Path manifest = folder.resolve("out").resolve(Manifest.FILE);
    long given = dataset.manifest().content(Split.TRAIN).given();
    String text = Files.readString(manifest);
    Files.delete(folder.resolve("out/.manifest.json.crc"));
    Files.writeString(manifest, text.replace("\"given\" : " + given, "\"given\" : " + (given - 1)));
    DatasetDirectory changed =
        DatasetDirectory.open(
            folder.resolve("out").toString(), spark.sessionState().newHadoopConf());
    var e = assertThrows(DataException.class, () -> changed.verify(spark, Split.TRAIN));
    assertTrue(e.getMessage().contains(" given tokens (expected "), e.getMessage());
  }
}
