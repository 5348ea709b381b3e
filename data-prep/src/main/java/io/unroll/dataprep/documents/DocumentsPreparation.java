package io.unroll.dataprep.documents;

import io.unroll.dataprep.examples.ExamplePreparation;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleTables;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.examples.TextFiles;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.table.ColumnType;
import io.unroll.dataprep.table.TableFormat;
import io.unroll.dataprep.tokenize.SequenceTokenizer;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Texts of their own, such as messages or articles, to a dataset of sequences: a model begins each
 * from a fresh state. Belongs to the Spark driver.
 */
public final class DocumentsPreparation {
  /** What the column with the texts is called, unless it is said. */
  public static final String TEXT = "text";

  private final SparkSession spark;
  private final ExampleUris uris;
  private final ExampleSettings settings;
  private final DocumentText text;

  /**
   * @param settings without a target, with a vocabulary of sequences
   * @throws IllegalArgumentException if the vocabulary has no tokens that begin and end texts
   */
  public DocumentsPreparation(SparkSession spark, ExampleUris uris, ExampleSettings settings) {
    this.spark = spark;
    this.uris = uris;
    this.settings = settings;
    var tokenizer = settings.tokens().orElseThrow().vocabulary().tokenizer();
    if (!(tokenizer instanceof SequenceTokenizer)) {
      throw new IllegalArgumentException(
          "Invalid tokenizer: %s (expected that of a dataset of sequences)"
              .formatted(tokenizer.kind()));
    }
    this.text = new DocumentText(tokenizer.asWritten());
  }

  /** Reads files of lines, and does all that {@link ExamplePreparation#run} does. */
  public PreparationSummary run() {
    return new ExamplePreparation(spark, settings)
        .run(
            cluster ->
                TextFiles.find(cluster, uris, settings, file -> new DocumentFile(file, text)));
  }

  /** Reads tables, and does all that {@link ExamplePreparation#run} does. */
  public PreparationSummary run(TableFormat table) {
    var tables = new ExampleTables(spark, table, Map.of(TEXT, ColumnType.TEXT));
    return new ExamplePreparation(spark, settings)
        .run(
            cluster ->
                tables.corpora(
                    cluster,
                    tables.open(cluster, uris),
                    settings,
                    columns -> new DocumentRows(text, columns),
                    0,
                    Optional.empty()));
  }
}
