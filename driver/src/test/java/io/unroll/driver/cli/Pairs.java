package io.unroll.driver.cli;

import io.unroll.dataprep.dataset.DatasetContent;
import io.unroll.dataprep.dataset.DatasetKind;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.DatasetWriter;
import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.Source;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.SplitRows;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.dataset.VocabularyUse;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.dataprep.tokenize.SequenceTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
import io.unroll.dataprep.tokenize.WordTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Datasets of pairs that little training is enough for: a word four or five times, and as many
 * times a letter that stands for it, with blanks between. The vocabulary of what is written is one
 * of letters.
 */
final class Pairs {
  private static final List<String> READ = List.of("one", "two", "three", "four");
  private static final List<String> WRITTEN = List.of("k", "l", "m", "n");
  private static final Vocabulary SOURCES =
      new Vocabulary(
          new WordTokenizer(false, 1, 0),
          Stream.concat(Stream.of(Tokenizer.UNKNOWN, Tokenizer.END), READ.stream()).toList());
  private static final Vocabulary TARGETS =
      new Vocabulary(
          new SequenceTokenizer(new CharTokenizer(1)),
          Stream.concat(
                  Stream.of(Tokenizer.UNKNOWN, Tokenizer.BEGIN, Tokenizer.END, " "),
                  WRITTEN.stream())
              .toList());
  private static final ExampleShape SHAPE =
      ExampleShape.ofTokens(ExampleShape.Target.TEXT, false, SOURCES.size());

  /** What is read and what is to be written. */
  record Pair(String source, String target) {
    private Row row(long id) {
      int[] target = TARGETS.encode(this.target);
      return RowFactory.create(
          id,
          SOURCES.encode(source),
          IntStream.concat(
                  IntStream.concat(
                      IntStream.of(TARGETS.begin().orElseThrow()), IntStream.of(target)),
                  IntStream.of(TARGETS.end().orElseThrow()))
              .toArray());
    }
  }

  private Pairs() {}

  /** As many as these, the same for the same seed. */
  static List<Pair> of(int count, int seed) {
    Random random = new Random(seed);
    List<Pair> pairs = new ArrayList<>();
    for (int x = 0; x < count; x++) {
      int word = random.nextInt(READ.size());
      int times = 4 + random.nextInt(2);
      pairs.add(
          new Pair(
              String.join(" ", Collections.nCopies(times, READ.get(word))),
              String.join(" ", Collections.nCopies(times, WRITTEN.get(word)))));
    }
    return pairs;
  }

  /** Writes a dataset with these splits. */
  static void write(Path output, Map<Split, List<Pair>> splits) throws IOException {
    try (SparkSession spark = SparkSessions.open("write pairs", "local[2]")) {
      Map<Split, SplitRows> rows = new TreeMap<>();
      splits.forEach((split, pairs) -> rows.put(split, rows(spark, pairs)));
      DatasetWriter.to(spark, new DatasetTarget(output.toString(), true))
          .write(
              new DatasetContent(
                  DatasetKind.EXAMPLES,
                  Map.of(VocabularyUse.TOKENS, SOURCES, VocabularyUse.TARGETS, TARGETS),
                  0,
                  List.of(new Source("file:/pairs.tsv", 42, "ab")),
                  rows,
                  Optional.empty(),
                  Optional.of(SHAPE)));
    }
  }

  private static SplitRows rows(SparkSession spark, List<Pair> pairs) {
    List<Row> rows =
        IntStream.range(0, pairs.size()).mapToObj(id -> pairs.get(id).row(id)).toList();
    return new SplitRows(
        spark.createDataFrame(rows, SHAPE.schema()), tokens(rows, 1), tokens(rows, 2), 0);
  }

  private static long tokens(List<Row> rows, int column) {
    return rows.stream().mapToLong(row -> row.<int[]>getAs(column).length).sum();
  }
}
