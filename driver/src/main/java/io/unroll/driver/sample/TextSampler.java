package io.unroll.driver.sample;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.worker.decode.Sampler;
import io.unroll.worker.decode.SamplingOptions;
import io.unroll.worker.model.LanguageModel;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Lets a model write text: prompt to tokens, tokens to text. */
public final class TextSampler {
  private final LanguageModel model;
  private final Vocabulary vocabulary;

  /**
   * A sampler for a model that parameters were given to, and the vocabulary it was trained with.
   */
  public TextSampler(LanguageModel model, Vocabulary vocabulary) {
    this.model = model;
    this.vocabulary = vocabulary;
  }

  /**
   * What the model writes after a prompt, without it.
   *
   * @param prompt may be empty: then a new caption, or a new line of running text, begins
   * @param length most tokens; a caption ends earlier where the model ends it
   * @throws io.unroll.dataprep.DataException if the vocabulary lacks a token of the prompt
   */
  public String sample(String prompt, int length, SamplingOptions options) {
    IntStream.Builder tokens = IntStream.builder();
    sample(prompt, length, options, tokens::add);
    return vocabulary.decode(tokens.build().toArray());
  }

  /** As {@link #sample(String, int, SamplingOptions)}, giving away each token when it is drawn. */
  public void sample(String prompt, int length, SamplingOptions options, IntConsumer sink) {
    boolean caption = vocabulary.begin().isPresent();
    int end = caption ? vocabulary.end().orElse(Sampler.NO_END) : Sampler.NO_END;
    new Sampler(model, options).sample(start(prompt), length, end, sink);
  }

  private int[] start(String prompt) {
    IntStream words = IntStream.of(vocabulary.encode(prompt));
    if (vocabulary.begin().isPresent()) {
      return IntStream.concat(IntStream.of(vocabulary.begin().getAsInt()), words).toArray();
    }
    int[] encoded = words.toArray();
    return encoded.length > 0 ? encoded : new int[] {lineEnd()};
  }

  /** The token that ends lines; the first of the vocabulary where text has no lines. */
  private int lineEnd() {
    return vocabulary.end().orElse(vocabulary.id("\n").orElse(0));
  }
}
