package io.unroll.driver.model;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.worker.layer.Embedding;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.ParameterLayout.Tensor;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.model.LanguageArchitecture;
import java.util.List;
import java.util.OptionalInt;

/**
 * The parameters of a labeler that begins with what a language model has learnt of words: the
 * vectors of those that both know, and the layer that reads them forward (Dai and Le 2015,
 * arXiv:1511.01432). All others are random.
 */
public final class LearntWords {
  private static final List<String> FIRST_LAYER =
      List.of("rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0", "rnn.bias_hh_l0");

  private final TrainedModel language;
  private final LanguageArchitecture architecture;
  private final Vocabulary tokens;

  /**
   * @param language a language model
   * @param tokens of the labeler
   * @throws DataException if it is none, or knows none of the tokens
   */
  public LearntWords(TrainedModel language, Vocabulary tokens) {
    this.language = language;
    this.architecture = language.language();
    this.tokens = tokens;
    if (known() == 0) {
      throw new DataException(
          "Cannot continue from the model %s: it knows none of the dataset's tokens"
              .formatted(language.uri()));
    }
  }

  private long known() {
    return tokens.tokens().stream()
        .filter(token -> language.vocabulary().id(token).isPresent())
        .count();
  }

  /** What is taken, in words. */
  public String text() {
    return "the vectors of %s of %s tokens, and the first layer".formatted(known(), tokens.size());
  }

  /**
   * The parameters.
   *
   * @param labeler of the same cell, units and vectors; its first layer may read characters as well
   */
  public float[] into(LabelerArchitecture labeler, long seed) {
    ParameterLayout from = architecture.layout();
    ParameterLayout to = labeler.layout();
    float[] parameters = to.initialParameters(seed);
    Tensor source = from.tensor(Embedding.TENSOR);
    Tensor target = to.tensor(Embedding.TENSOR);
    int size = ((Tokens) labeler.source()).embedding();
    for (int id = 0; id < tokens.size(); id++) {
      OptionalInt known = language.vocabulary().id(tokens.token(id));
      if (known.isPresent()) {
        copy(source, known.getAsInt(), target, id, size, parameters);
      }
    }
    for (String name : FIRST_LAYER) {
      Tensor learnt = from.tensor(name);
      Tensor begun = to.tensor(name);
      for (int row = 0; row < learnt.rows(); row++) {
        copy(learnt, row, begun, row, Math.max(1, learnt.columns()), parameters);
      }
    }
    return parameters;
  }

  /** The first columns of a row; the rows of a vector have one. */
  private void copy(
      Tensor from, int fromRow, Tensor to, int toRow, int columns, float[] parameters) {
    System.arraycopy(
        language.parameters(),
        from.offset() + fromRow * Math.max(1, from.columns()),
        parameters,
        to.offset() + toRow * Math.max(1, to.columns()),
        columns);
  }
}
