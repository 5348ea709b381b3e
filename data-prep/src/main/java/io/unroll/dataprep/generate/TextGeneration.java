package io.unroll.dataprep.generate;

import io.unroll.dataprep.counting.TokenCount;
import io.unroll.dataprep.dataset.DatasetContent;
import io.unroll.dataprep.dataset.DatasetKind;
import io.unroll.dataprep.dataset.DatasetTarget;
import io.unroll.dataprep.dataset.DatasetWriter;
import io.unroll.dataprep.dataset.Manifest;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.SplitRows;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.tokenize.CharTokenizer;
import io.unroll.dataprep.tokenize.SequenceTokenizer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Questions with their answers to a dataset of sequences: the question is given, the answer is to
 * be predicted. Belongs to the Spark driver.
 *
 * @param output where to write
 * @param counts of each split, at least 1 each
 */
public record TextGeneration(
    DatasetTarget output, TextGenerator generator, Map<Split, Long> counts) {
  /** Sequences that one task makes, and so one file has. */
  private static final long PER_TASK = 100_000;

  /** Does all that {@link io.unroll.dataprep.examples.ExamplePreparation#run} does. */
  public PreparationSummary run(SparkSession spark) {
    var writer = DatasetWriter.to(spark, output);
    Vocabulary vocabulary = vocabulary();
    try (var cluster = new Cluster(spark)) {
      Broadcast<Vocabulary> encoder = cluster.context().broadcast(vocabulary);
      try {
        Map<Split, SplitRows> rows = new EnumMap<>(Split.class);
        counts.forEach(
            (split, count) ->
                rows.put(split, rows(spark, cluster, encoder, new Share(generator, split, count))));
        var content =
            new DatasetContent(
                DatasetKind.SEQUENCES, vocabulary, 0, List.of(), rows, Optional.empty());
        Manifest manifest = cluster.named("writing the dataset", () -> writer.write(content));
        return new PreparationSummary(
            output.uri(), manifest, Optional.empty(), List.<TokenCount>of(), List.of());
      } finally {
        encoder.unpersist(true);
      }
    }
  }

  /** All that can be there: so it depends on nothing that was drawn. */
  private Vocabulary vocabulary() {
    var tokenizer = new SequenceTokenizer(new CharTokenizer(1));
    List<String> tokens = new ArrayList<>(tokenizer.specialTokens());
    generator.alphabet().chars().mapToObj(Character::toString).forEach(tokens::add);
    return new Vocabulary(tokenizer, tokens);
  }

  private static SplitRows rows(
      SparkSession spark, Cluster cluster, Broadcast<Vocabulary> encoder, Share share) {
    int tasks = Math.toIntExact((share.count() + PER_TASK - 1) / PER_TASK);
    List<Integer> parts = IntStream.range(0, tasks).boxed().toList();
    JavaRDD<Row> rows =
        cluster
            .context()
            .parallelize(parts, tasks)
            .flatMap(
                part -> {
                  Vocabulary vocabulary = encoder.value();
                  return share.rows(part, tasks, vocabulary).iterator();
                });
    long tokens =
        cluster.named(
            "making the sequences",
            () -> rows.map(row -> (long) ((int[]) row.get(2)).length).reduce(Long::sum));
    return new SplitRows(spark.createDataFrame(rows, DatasetKind.SEQUENCES.schema()), tokens, 0);
  }

  /** What a split is to have. */
  private record Share(TextGenerator generator, Split split, long count) implements Serializable {

    Stream<Row> rows(int part, int parts, Vocabulary vocabulary) {
      return LongStream.range(part * count / parts, (part + 1) * count / parts)
          .mapToObj(number -> row(number, vocabulary));
    }

    private Row row(long number, Vocabulary vocabulary) {
      GeneratedText text = generator.text(split, number, count);
      int[] given = vocabulary.encode(text.given());
      int[] answer = vocabulary.encode(text.answer());
      int[] tokens = new int[given.length + answer.length + 2];
      tokens[0] = vocabulary.begin().orElseThrow();
      System.arraycopy(given, 0, tokens, 1, given.length);
      System.arraycopy(answer, 0, tokens, 1 + given.length, answer.length);
      tokens[tokens.length - 1] = vocabulary.end().orElseThrow();
      return RowFactory.create(number, (long) given.length, tokens);
    }
  }
}
