package io.unroll.driver.predict;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.driver.model.TrainedModel;
import io.unroll.worker.decode.Sampler;
import io.unroll.worker.decode.SamplingOptions;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a language model writes behind each text: the most likely token again and again, until it
 * ends the text.
 */
final class ContinuedText implements TextModel {
  private static final long serialVersionUID = 1L;

  /** Most tokens that are written: some models never end. */
  private static final int MOST_TOKENS = 1_000;

  private final LanguageArchitecture architecture;
  private final Vocabulary vocabulary;
  private final int begin;
  private final int end;

  private ContinuedText(LanguageArchitecture architecture, Vocabulary vocabulary) {
    this.architecture = architecture;
    this.vocabulary = vocabulary;
    this.begin = vocabulary.begin().orElseThrow();
    this.end = vocabulary.end().orElseThrow();
  }

  static ContinuedText of(TrainedModel model) {
    if (model.vocabulary().begin().isEmpty()) {
      throw new DataException(
          "Cannot continue texts with the model %s: it was trained on running text, which has no end (use sample, or a model of captions or sequences)"
              .formatted(model.uri()));
    }
    return new ContinuedText(model.language(), model.vocabulary());
  }

  @Override
  public List<TextAnswer.Column> columns() {
    return AnswerColumns.CONTINUATION.columns();
  }

  @Override
  public Ready ready(float[] parameters, Cores cores) {
    LanguageModel model = architecture.model(1, 1, cores);
    model.use(parameters);
    Sampler sampler = new Sampler(model, SamplingOptions.likeliest());
    return texts -> texts.stream().map(text -> answer(sampler, text)).toList();
  }

  private TextAnswer answer(Sampler sampler, String text) {
    if (text.isEmpty()) {
      return new TextAnswer("", Collections.singletonList(null));
    }
    int[] prompt =
        IntStream.concat(IntStream.of(begin), IntStream.of(vocabulary.encode(text))).toArray();
    String written = vocabulary.decode(sampler.sample(prompt, MOST_TOKENS, end));
    return new TextAnswer(written, List.of(written));
  }
}
