package io.unroll.driver.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.text.TextOptions;
import io.unroll.dataprep.text.TextPreparation;
import io.unroll.dataprep.tokenize.CharTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningTextIT {
  private static final int BLOCK = 512;

  @TempDir private Path folder;

  private final SparkSession spark =
      SparkSession.builder()
          .master("local[2]")
          .appName("unroll-driver-tests")
          .config("spark.ui.enabled", false)
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .getOrCreate();

  private DatasetDirectory prepare() throws IOException {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder();
    for (int x = 0; x < 6_000; x++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    Path file = Files.writeString(folder.resolve("corpus.txt"), text);
    String output = folder.resolve("dataset").toString();
    List<String> none = List.of();
    new TextPreparation(
            spark,
            new TextOptions(
                List.of(file.toString()),
                none,
                none,
                output,
                new CharTokenizer(1),
                null,
                BLOCK,
                false))
        .run();
    return DatasetDirectory.open(output, new org.apache.hadoop.conf.Configuration());
  }

  @Test
  void cutsRangesOutOfBlocks() throws IOException {
    DatasetDirectory dataset = prepare();
    int tokens = (int) dataset.manifest().content(Split.TRAIN).tokens();
    assertTrue(tokens > 8 * BLOCK);
    int[] whole =
        RunningText.ranges(spark, dataset, Split.TRAIN, List.of(new TokenRange(0, tokens))).first();
    assertEquals(26, Arrays.stream(whole).distinct().count());
    List<TokenRange> ranges =
        List.of(
            new TokenRange(0, 1),
            new TokenRange(0, 100),
            new TokenRange(99, 3 * BLOCK),
            new TokenRange(100, 3 * BLOCK + 1),
            new TokenRange(3 * BLOCK, 4 * BLOCK),
            new TokenRange(4 * BLOCK - 1, tokens),
            new TokenRange(tokens - 1, tokens));
    List<int[]> cut = RunningText.ranges(spark, dataset, Split.TRAIN, ranges).collect();
    for (int r = 0; r < ranges.size(); r++) {
      TokenRange range = ranges.get(r);
      assertArrayEquals(
          Arrays.copyOfRange(whole, (int) range.from(), (int) range.to()), cut.get(r));
    }
    List<TokenRange> tooFar = List.of(new TokenRange(tokens - 5, tokens + 1));
    Exception failure =
        assertThrows(
            SparkException.class,
            () -> RunningText.ranges(spark, dataset, Split.TRAIN, tooFar).collect());
    assertTrue(
        failure.getMessage().contains("blocks hold 5 of them; prepare it again"),
        failure.getMessage());
  }
}
