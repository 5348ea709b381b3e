package io.unroll.driver.predict;

import io.unroll.driver.model.TrainedModel;
import io.unroll.worker.decode.DecodingOptions;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.parallel.Cores;
import java.io.Serializable;
import java.util.List;

/**
 * What a model says of texts. It travels to executors with all but the parameters, which are
 * broadcast.
 */
public sealed interface TextModel extends Serializable
    permits LabelledText, ScoredText, ContinuedText, WrittenText, EncodedText {
  /** What to say. */
  enum Output {
    /** Labels, tags, or what is written about a text; of a language model the loss of each text. */
    ANSWER,
    /** The label and the probabilities of all labels, of a classifier. */
    PROBABILITIES,
    /**
     * The state of a language model's last layer after each text, or the summary of it that a
     * decoder is told.
     */
    STATE,
    /** What a language model writes behind each text, until it ends it. */
    CONTINUATION
  }

  /**
   * The texts of a model.
   *
   * @param decoding of a model that writes about texts: how it does
   * @throws io.unroll.dataprep.DataException if the model reads no text, or has no state to tell
   */
  static TextModel of(TrainedModel model, Output output, DecodingOptions decoding) {
    if (output == Output.PROBABILITIES) {
      return LabelledText.of(model, output);
    }
    if (model.architecture() instanceof EncoderDecoderArchitecture) {
      return output == Output.STATE
          ? EncodedText.of(model)
          : WrittenText.of(model, output, decoding);
    }
    return model.architecture() instanceof LabelerArchitecture
        ? LabelledText.of(model, output)
        : output == Output.CONTINUATION ? ContinuedText.of(model) : ScoredText.of(model, output);
  }

  /** A model that is ready to be asked; not thread-safe. */
  @FunctionalInterface
  interface Ready {
    /**
     * What the model says, one answer for each text, in their order. It does not depend on which
     * texts are asked together.
     */
    List<TextAnswer> answers(List<String> texts);
  }

  /** Makes it ready. */
  Ready ready(float[] parameters, Cores cores);

  /** What the columns of the answers are. */
  List<TextAnswer.Column> columns();
}
