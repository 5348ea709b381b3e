package io.unroll.dataprep.lines;

import io.unroll.dataprep.examples.ExamplePreparation;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.examples.TextFiles;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.tokenize.CaptionTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
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

  /** Does all that {@link ExamplePreparation#run} does. */
  public PreparationSummary run() {
    return new ExamplePreparation(spark, settings)
        .run(
            cluster ->
                TextFiles.find(
                    cluster, uris, settings, file -> new LineFile(file, format, tokenizer)));
  }
}
