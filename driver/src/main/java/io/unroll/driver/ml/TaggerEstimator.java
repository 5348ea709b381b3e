package io.unroll.driver.ml;

import io.unroll.dataprep.conllu.ConlluPreparation;
import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.driver.config.DataKind;
import io.unroll.driver.predict.AnswerColumns;
import java.util.List;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a model that gives each word of a sentence a tag: columns {@code words} and {@code tags},
 * of arrays of strings of the same length.
 */
public final class TaggerEstimator extends UnrollEstimator<TaggerEstimator> {
  private static final long serialVersionUID = 1L;

  /** With an id of its own. */
  public TaggerEstimator() {
    this(Identifiable$.MODULE$.randomUID("unrollTagger"));
  }

  /** With that id. */
  public TaggerEstimator(String uid) {
    super(uid, DataKind.LABELLED, List.of("words", "tags"), AnswerColumns.TAGS);
    Preparing.addCharacters(stageParams());
  }

  @Override
  void prepare(Preparing preparing) {
    var settings = preparing.labelled(Target.TAGS, "word");
    ConlluPreparation.run(preparing.spark(), preparing.views(), preparing.format(), settings);
  }

  /** For Spark, which loads the stages of pipelines so. */
  public static MLReader<TaggerEstimator> read() {
    return new StoredStage.Reader<>(
        TaggerEstimator.class, (context, stored) -> new TaggerEstimator(stored.uid()));
  }

  /** Loads what {@link #save} has written. */
  public static TaggerEstimator load(String path) {
    return read().load(path);
  }
}
