package io.unroll.dataprep.lines;

import io.unroll.dataprep.examples.ExamplePreparation;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.examples.ExampleWords;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.table.TableFormat;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
import org.apache.spark.sql.SparkSession;

/** Labels and texts to a dataset of examples. Belongs to the Spark driver. */
public final class LinesPreparation {
  private final SparkSession spark;
  private final LineFormat format;
  private final ExampleSettings settings;
  private final FieldCorpora corpora;

  /**
   * @throws IllegalArgumentException if the tokenizer is for captions, or there is none
   */
  public LinesPreparation(
      SparkSession spark, ExampleUris uris, LineFormat format, ExampleSettings settings) {
    this.spark = spark;
    this.format = format;
    this.settings = settings;
    Tokenizer tokenizer = settings.tokens().orElseThrow().vocabulary().tokenizer().asWritten();
    if (tokenizer instanceof CaptionTokenizer) {
      throw new IllegalArgumentException(
          "Invalid tokenizer: caption is for captions of images (expected char, word or word-punctuation)");
    }
    this.corpora = new FieldCorpora(uris, settings, new LineExamples(new ExampleWords(tokenizer)));
  }

  /**
   * The same of tables, whatever the format of lines is.
   *
   * @param table how they are read, with a column of keys where the division is by keys
   */
  public PreparationSummary run(TableFormat table) {
    return new ExamplePreparation(spark, settings)
        .run(cluster -> corpora.tables(spark, cluster, table, FieldRole.ofLabels()));
  }

  /** Does all that {@link ExamplePreparation#run} does. */
  public PreparationSummary run() {
    return new ExamplePreparation(spark, settings).run(cluster -> corpora.files(cluster, format));
  }
}
