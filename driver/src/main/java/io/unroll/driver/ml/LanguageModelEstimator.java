package io.unroll.driver.ml;

import io.unroll.dataprep.documents.DocumentsPreparation;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleSettings.TokenSettings;
import io.unroll.driver.config.DataKind;
import io.unroll.driver.predict.AnswerColumns;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a language model on texts of their own, such as messages or articles, each of which begins
 * from a fresh state: a column {@code text}, of strings.
 */
public final class LanguageModelEstimator extends UnrollEstimator<LanguageModelEstimator> {
  private static final long serialVersionUID = 1L;

  /** With an id of its own. */
  public LanguageModelEstimator() {
    this(Identifiable$.MODULE$.randomUID("unrollLanguageModel"));
  }

  /** With that id. */
  public LanguageModelEstimator(String uid) {
    super(uid, DataKind.SEQUENCES, List.of(DocumentsPreparation.TEXT), AnswerColumns.LOSS);
    Preparing.addTokenizer(stageParams(), "char");
  }

  @Override
  void prepare(Preparing preparing) {
    var settings =
        new ExampleSettings(
            preparing.target(),
            Optional.empty(),
            preparing.division(),
            preparing.bad(),
            preparing.longest(),
            Optional.of(new TokenSettings(preparing.sequences(), false, 1)));
    new DocumentsPreparation(preparing.spark(), preparing.views(), settings)
        .run(preparing.format());
  }

  /** For Spark, which loads the stages of pipelines so. */
  public static MLReader<LanguageModelEstimator> read() {
    return new StoredStage.Reader<>(
        LanguageModelEstimator.class,
        (context, stored) -> new LanguageModelEstimator(stored.uid()));
  }

  /** Loads what {@link #save} has written. */
  public static LanguageModelEstimator load(String path) {
    return read().load(path);
  }
}
