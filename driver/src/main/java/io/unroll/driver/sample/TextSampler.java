package io.unroll.driver.sample;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.worker.decode.NonFiniteLogitsException;
import io.unroll.worker.decode.Sampler;
import io.unroll.worker.decode.SamplingOptions;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Lets models go on from a prompt: prompt to tokens, tokens to text. */
public final class TextSampler {
  /**
   * What a model wrote.
   *
   * @param prompt as its vocabulary spells it
   * @param continuation what follows, with the blank before its first word if there is one
   */
  public record Written(String prompt, String continuation) {}

  private final Vocabulary vocabulary;
  private final int[] prompt;

  /**
   * Reads a prompt.
   *
   * @param vocabulary that the models are trained with
   * @param prompt may be empty: then a new caption, or a new line of running text, begins
   * @throws DataException if the vocabulary lacks a token of the prompt
   */
  public TextSampler(Vocabulary vocabulary, String prompt) {
    this.vocabulary = vocabulary;
    try {
      this.prompt = vocabulary.encode(prompt);
    } catch (DataException e) {
      throw new DataException("Cannot use the prompt: " + e.getMessage(), e);
    }
  }

  /** The prompt, as the vocabulary spells it. */
  public String prompt() {
    return vocabulary.decode(prompt);
  }

  /** The vocabulary of the models. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /**
   * What a model writes after the prompt.
   *
   * @param parameters flat, in the architecture's layout
   * @param length most tokens; a caption ends earlier where the model ends it
   */
  public Written write(
      LanguageArchitecture architecture, float[] parameters, int length, SamplingOptions options) {
    StringBuilder continuation = new StringBuilder();
    write(
        architecture,
        parameters,
        length,
        options,
        text -> {
          continuation.append(text);
          return true;
        });
    return new Written(prompt(), continuation.toString());
  }

  /**
   * Hands over what a model writes after the prompt token by token, as it is drawn.
   *
   * @param parameters flat, in the architecture's layout
   * @param length most tokens; a caption ends earlier where the model ends it
   * @param goesOn receives what each token adds to the text and says whether to go on
   * @throws DataException if the parameters are so large that logits are not finite
   */
  public void write(
      LanguageArchitecture architecture,
      float[] parameters,
      int length,
      SamplingOptions options,
      Predicate<String> goesOn) {
    LanguageModel model =
        new LanguageModel(architecture, 1, 1, Cores.one(KernelChoice.forLittleWork()));
    model.use(parameters);
    Spelling spelling = new Spelling(vocabulary, prompt);
    try {
      new Sampler(model, options)
          .draw(beginning(), length, end(), token -> goesOn.test(spelling.add(token)));
    } catch (NonFiniteLogitsException e) {
      throw new DataException(
          e.getMessage() + " (expected finite logits; its parameters are too large)", e);
    }
  }

  /** The prompt as the model is to read it: never empty. */
  private int[] beginning() {
    if (vocabulary.begin().isPresent()) {
      return concatenated(new int[] {vocabulary.begin().getAsInt()}, prompt);
    }
    return prompt.length > 0 ? prompt : new int[] {lineEnd()};
  }

  /** Captions end; running text goes on. */
  private int end() {
    return vocabulary.begin().isPresent()
        ? vocabulary.end().orElse(Sampler.NO_END)
        : Sampler.NO_END;
  }

  /** The token that ends lines; the first of the vocabulary where text has no lines. */
  private int lineEnd() {
    return vocabulary.end().orElse(vocabulary.id("\n").orElse(0));
  }

  private static int[] concatenated(int[] first, int[] second) {
    return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
  }
}
