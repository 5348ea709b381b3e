package io.unroll.dataprep.lines;

import io.unroll.dataprep.examples.Division;
import io.unroll.dataprep.examples.ExamplePreparation;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleTables;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.examples.TextFiles;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.table.TableFormat;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Labels and texts to a dataset of examples. Belongs to the Spark driver. */
public final class LinesPreparation {
  private final SparkSession spark;
  private final ExampleUris uris;
  private final LineFormat format;
  private final ExampleSettings settings;
  private final Tokenizer tokenizer;

  /**
   * @throws IllegalArgumentException if the tokenizer is for captions, or there is none
   */
  public LinesPreparation(
      SparkSession spark, ExampleUris uris, LineFormat format, ExampleSettings settings) {
    this.spark = spark;
    this.uris = uris;
    this.format = format;
    this.settings = settings;
    this.tokenizer = settings.tokens().orElseThrow().vocabulary().tokenizer().asWritten();
    if (tokenizer instanceof CaptionTokenizer) {
      throw new IllegalArgumentException(
          "Invalid tokenizer: caption is for captions of images (expected char, word or word-punctuation)");
    }
  }

  /**
   * The same of tables, whatever the format of lines is.
   *
   * @param table how they are read, with a column of keys where the division is by keys
   */
  public PreparationSummary run(TableFormat table) {
    boolean keyed = settings.division() instanceof Division.Keyed;
    var tables = new ExampleTables(spark, table, LineRows.roles(keyed));
    return new ExamplePreparation(spark, settings)
        .run(
            cluster ->
                tables.corpora(
                    cluster,
                    tables.open(cluster, uris),
                    settings,
                    columns -> new LineRows(new LineExamples(tokenizer), columns),
                    0,
                    Optional.empty()));
  }

  /** Does all that {@link ExamplePreparation#run} does. */
  public PreparationSummary run() {
    return new ExamplePreparation(spark, settings)
        .run(
            cluster ->
                TextFiles.find(
                    cluster, uris, settings, file -> new LineFile(file, format, tokenizer)));
  }
}
