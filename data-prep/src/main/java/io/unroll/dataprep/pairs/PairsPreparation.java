package io.unroll.dataprep.pairs;

import io.unroll.dataprep.examples.ExamplePreparation;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.examples.ExampleWords;
import io.unroll.dataprep.examples.TextFiles;
import io.unroll.dataprep.lines.FieldCorpora;
import io.unroll.dataprep.lines.FieldRole;
import io.unroll.dataprep.lines.LineFormat;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.table.TableFormat;
import io.unroll.dataprep.tokenize.SequenceTokenizer;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Texts, and the texts that belong to them such as their translations, to a dataset of examples.
 * Belongs to the Spark driver.
 */
public final class PairsPreparation {
  private final SparkSession spark;
  private final ExampleSettings settings;
  private final PairTexts texts;

  /**
   * @param settings those of pairs, with vocabularies of texts that begin and end
   * @throws IllegalArgumentException if the vocabularies are others
   */
  public PairsPreparation(SparkSession spark, ExampleSettings settings) {
    this.spark = spark;
    this.settings = settings;
    Tokenizer tokenizer = settings.tokens().orElseThrow().vocabulary().tokenizer();
    Stream.concat(
            Stream.of(tokenizer),
            settings.pairs().orElseThrow().targets().stream().map(choice -> choice.tokenizer()))
        .forEach(PairsPreparation::requireEnds);
    this.texts = new PairTexts(new ExampleWords(tokenizer.asWritten()), "");
  }

  private static void requireEnds(Tokenizer tokenizer) {
    if (!(tokenizer instanceof SequenceTokenizer)) {
      throw new IllegalArgumentException(
          "Invalid tokenizer: %s (expected one of texts that begin and end)"
              .formatted(tokenizer.kind()));
    }
  }

  /** Reads files side by side, and does all that {@link ExamplePreparation#run} does. */
  public PreparationSummary run(PairUris uris) {
    return new ExamplePreparation(spark, settings)
        .run(
            cluster ->
                TextFiles.findPairs(
                    cluster,
                    uris.sources(),
                    uris.targets(),
                    settings,
                    (sources, targets) -> new ParallelFiles(sources, targets, texts)));
  }

  /** Reads files that have both, and does all that {@link ExamplePreparation#run} does. */
  public PreparationSummary run(ExampleUris uris, LineFormat format) {
    var corpora = new FieldCorpora(uris, settings, texts);
    return new ExamplePreparation(spark, settings).run(cluster -> corpora.files(cluster, format));
  }

  /** Reads tables, and does all that {@link ExamplePreparation#run} does. */
  public PreparationSummary run(ExampleUris uris, TableFormat table) {
    var corpora = new FieldCorpora(uris, settings, texts);
    return new ExamplePreparation(spark, settings)
        .run(cluster -> corpora.tables(spark, cluster, table, FieldRole.ofPairs()));
  }
}
