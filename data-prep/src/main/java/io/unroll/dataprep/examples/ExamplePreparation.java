package io.unroll.dataprep.examples;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetWriter;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.summary.Count;
import io.unroll.dataprep.summary.PreparationSummary;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/**
 * Examples to a dataset, wherever they come from. Belongs to the Spark driver, which holds
 * vocabularies and counts, no examples.
 */
public final class ExamplePreparation {
  private final SparkSession spark;
  private final ExampleSettings settings;

  public ExamplePreparation(SparkSession spark, ExampleSettings settings) {
    this.spark = spark;
    this.settings = settings;
  }

  /**
   * Reads, divides, counts, encodes and writes.
   *
   * @param find finds what is to be read, before any of it is
   * @throws DataException if an input or an example cannot be used, or a split would have none
   * @throws io.unroll.dataprep.OutputExistsException if something is at the output that must not be
   *     replaced
   * @throws java.io.UncheckedIOException if the output cannot be written; no manifest is left then
   */
  public PreparationSummary run(Function<Cluster, ExampleCorpora> find) {
    var writer = DatasetWriter.to(spark, settings.output());
    try (var cluster = new Cluster(spark)) {
      ExampleCorpora found = find.apply(cluster);
      Map<Split, Corpus> corpora = new EnumMap<>(Split.class);
      try {
        found
            .inputs()
            .forEach(
                (split, inputs) -> corpora.put(split, Corpus.of(cluster, inputs, found.unit())));
        found
            .tables()
            .forEach((split, table) -> corpora.put(split, Corpus.of(table, found.unit())));
        return prepare(cluster, writer, found, corpora);
      } finally {
        corpora.values().forEach(Corpus::close);
      }
    }
  }

  private PreparationSummary prepare(
      Cluster cluster, DatasetWriter writer, ExampleCorpora found, Map<Split, Corpus> corpora) {
    var leftOut = new LeftOut();
    corpora.forEach(
        (split, corpus) ->
            leftOut.add(
                cluster.named("reading the examples", () -> corpus.leftOut(settings.bad()))));
    Map<Split, JavaRDD<RawExample>> divided =
        cluster.named("dividing the examples", () -> divide(found, corpora));
    var encoding = new ExampleEncoding(spark, cluster, settings, found);
    var examples = new LabelledExamples(divided, corpora, settings, found);
    cluster.named(
        "checking the examples",
        () -> {
          leftOut.add(examples.checkLabels());
          return null;
        });
    List<String> notes = new ArrayList<>(found.notes());
    notes.addAll(leftOut.notes());
    notes.addAll(cluster.named("reading the examples", () -> tooLong(found, corpora)));
    return encoding.write(writer, examples, notes);
  }

  private Map<Split, JavaRDD<RawExample>> divide(ExampleCorpora found, Map<Split, Corpus> corpora) {
    Map<Split, JavaRDD<RawExample>> divided = new EnumMap<>(Split.class);
    corpora.forEach(
        (split, corpus) -> {
          JavaRDD<RawExample> all = shortened(corpus.examples(), found.vectorSize());
          if (split == Split.TRAIN) {
            divided.putAll(DividedExamples.of(all, settings.division()));
          } else {
            divided.put(split, all);
          }
        });
    return divided;
  }

  private List<String> tooLong(ExampleCorpora found, Map<Split, Corpus> corpora) {
    int longest = settings.longest();
    if (longest == 0) {
      return List.of();
    }
    int vectorSize = found.vectorSize();
    long count = 0;
    for (Corpus corpus : corpora.values()) {
      count += corpus.examples().filter(example -> example.steps(vectorSize) > longest).count();
    }
    return List.of(
        "%s shortened to %s (--longest)"
            .formatted(Count.of(count, "example"), Count.of(longest, "step")));
  }

  private JavaRDD<RawExample> shortened(JavaRDD<RawExample> examples, int vectorSize) {
    int longest = settings.longest();
    return longest == 0
        ? examples
        : examples.map(
            example ->
                example.steps(vectorSize) > longest ? example.first(longest, vectorSize) : example);
  }
}
