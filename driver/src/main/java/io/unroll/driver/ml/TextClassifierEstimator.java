package io.unroll.driver.ml;

import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.lines.LineFormat;
import io.unroll.dataprep.lines.LinesPreparation;
import io.unroll.driver.config.DataKind;
import io.unroll.driver.predict.AnswerColumns;
import java.util.List;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a model that gives texts a label each: columns {@code text}, of strings, and {@code
 * label}, of strings, booleans or whole numbers.
 */
public final class TextClassifierEstimator extends UnrollEstimator<TextClassifierEstimator> {
  private static final long serialVersionUID = 1L;

  /** With an id of its own. */
  public TextClassifierEstimator() {
    this(Identifiable$.MODULE$.randomUID("unrollTextClassifier"));
  }

  /** With that id. */
  public TextClassifierEstimator(String uid) {
    super(uid, DataKind.LABELLED, List.of("text", "label"), AnswerColumns.LABEL);
    Preparing.addTokenizer(stageParams(), "word");
    Preparing.addCharacters(stageParams());
  }

  @Override
  void prepare(Preparing preparing) {
    var settings = preparing.labelled(Target.LABEL, preparing.params().text(Preparing.TOKENIZER));
    new LinesPreparation(preparing.spark(), preparing.views(), LineFormat.DEFAULT, settings)
        .run(preparing.format());
  }

  /** For Spark, which loads the stages of pipelines so. */
  public static MLReader<TextClassifierEstimator> read() {
    return new StoredStage.Reader<>(
        TextClassifierEstimator.class,
        (context, stored) -> new TextClassifierEstimator(stored.uid()));
  }

  /** Loads what {@link #save} has written. */
  public static TextClassifierEstimator load(String path) {
    return read().load(path);
  }
}
