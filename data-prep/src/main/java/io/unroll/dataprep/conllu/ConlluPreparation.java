package io.unroll.dataprep.conllu;

import io.unroll.dataprep.examples.ExampleCorpora;
import io.unroll.dataprep.examples.ExampleInput;
import io.unroll.dataprep.examples.ExamplePreparation;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleTables;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.examples.TextFiles;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.source.Outcome;
import io.unroll.dataprep.summary.Count;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.table.TableFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Tagged sentences to a dataset of examples. Belongs to the Spark driver. */
public final class ConlluPreparation {
  private final SparkSession spark;
  private final ExampleUris uris;
  private final ConlluColumn tags;
  private final ExampleSettings settings;

  public ConlluPreparation(
      SparkSession spark, ExampleUris uris, ConlluColumn tags, ExampleSettings settings) {
    this.spark = spark;
    this.uris = uris;
    this.tags = tags;
    this.settings = settings;
  }

  /** Does all that {@link ExamplePreparation#run} does. */
  public PreparationSummary run() {
    return new ExamplePreparation(spark, settings).run(this::find);
  }

  /**
   * The same of tables of words and tags, without a column of CoNLL-U.
   *
   * @param table how they are read
   */
  public static PreparationSummary run(
      SparkSession spark, ExampleUris uris, TableFormat table, ExampleSettings settings) {
    var tables = new ExampleTables(spark, table, TaggedRows.roles());
    return new ExamplePreparation(spark, settings)
        .run(
            cluster ->
                tables.corpora(
                    cluster,
                    tables.open(cluster, uris),
                    settings,
                    TaggedRows::new,
                    0,
                    Optional.empty()));
  }

  private ExampleCorpora find(Cluster cluster) {
    ExampleCorpora found =
        TextFiles.find(cluster, uris, settings, file -> new ConlluFile(file, tags));
    List<ConlluFile> files = new ArrayList<>();
    for (List<ExampleInput> inputs : found.inputs().values()) {
      inputs.forEach(input -> files.add((ConlluFile) input));
    }
    var hadoop = cluster.hadoopInTasks();
    List<Outcome<PassedOver>> outcomes =
        cluster.named(
            "counting the words",
            () ->
                cluster
                    .context()
                    .parallelize(files, files.size())
                    .map(file -> Outcome.of(() -> file.passedOver(hadoop.value().value())))
                    .collect());
    PassedOver all =
        outcomes.stream().map(Outcome::orThrow).reduce(new PassedOver(0, 0), PassedOver::plus);
    return found.noting(
        "%s and %s passed over: their words are there, or nobody wrote them"
            .formatted(
                Count.of(all.ranges(), "multiword range"),
                Count.of(all.emptyNodes(), "empty node")));
  }
}
