package io.unroll.driver.ml;

import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleSettings.PairSettings;
import io.unroll.dataprep.examples.ExampleSettings.TokenSettings;
import io.unroll.dataprep.pairs.PairsPreparation;
import io.unroll.driver.config.DataKind;
import io.unroll.driver.predict.AnswerColumns;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a model that writes a text about another, such as its translation: columns {@code source}
 * and {@code target}, of strings.
 */
public final class TranslatorEstimator extends UnrollEstimator<TranslatorEstimator> {
  private static final long serialVersionUID = 1L;

  private static final String JOINT = "joint";
  private static final String LENGTH_RATIO = "length-ratio";

  /** With an id of its own. */
  public TranslatorEstimator() {
    this(Identifiable$.MODULE$.randomUID("unrollTranslator"));
  }

  /** With that id. */
  public TranslatorEstimator(String uid) {
    super(uid, DataKind.PAIRS, List.of("source", "target"), AnswerColumns.WRITTEN);
    Preparing.addTokenizer(stageParams(), "bpe");
    stageParams().add(JOINT, "counts one vocabulary over both sides", true);
    stageParams()
        .add(
            LENGTH_RATIO,
            "leaves out rows to train on where one side has more than so many times the tokens of"
                + " the other; 0: none",
            0.0);
  }

  @Override
  void prepare(Preparing preparing) {
    StageParams params = preparing.params();
    var pairs =
        new PairSettings(
            params.isOn(JOINT) ? Optional.empty() : Optional.of(preparing.sequences()),
            preparing.longest(),
            params.real(LENGTH_RATIO));
    var settings =
        new ExampleSettings(
            preparing.target(),
            preparing.division(),
            preparing.bad(),
            new TokenSettings(
                preparing.sequences(), false, TokenSettings.DEFAULT_CHARACTER_MIN_COUNT),
            pairs);
    new PairsPreparation(preparing.spark(), settings).run(preparing.views(), preparing.format());
  }

  /** For Spark, which loads the stages of pipelines so. */
  public static MLReader<TranslatorEstimator> read() {
    return new StoredStage.Reader<>(
        TranslatorEstimator.class, (context, stored) -> new TranslatorEstimator(stored.uid()));
  }

  /** Loads what {@link #save} has written. */
  public static TranslatorEstimator load(String path) {
    return read().load(path);
  }
}
