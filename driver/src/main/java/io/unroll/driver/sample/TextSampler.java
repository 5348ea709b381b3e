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
import java.util.function.DoubleSupplier;
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
    draw(
        architecture,
        parameters,
        length,
        options,
        (token, text, logProbability) -> goesOn.test(text));
  }

  /** Receives tokens as they are drawn. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Says whether to go on.
     *
     * @param text what the token adds to the text; empty while it ends within a character
     * @param logProbability ln p of the token, as the model has it
     */
    boolean goesOn(int token, String text, DoubleSupplier logProbability);
  }

  /**
   * Hands over the same with the tokens and their probabilities.
   *
   * @throws DataException if the parameters are so large that logits are not finite
   */
  public void draw(
      LanguageArchitecture architecture,
      float[] parameters,
      int length,
      SamplingOptions options,
      Reader reader) {
    LanguageModel model =
        new LanguageModel(architecture, 1, 1, Cores.one(KernelChoice.forLittleWork()));
    model.use(parameters);
    Spelling spelling = new Spelling(vocabulary, prompt);
    Sampler sampler = new Sampler(model, options);
    try {
      sampler.draw(
          beginning(),
          length,
          end(),
          token -> reader.goesOn(token, spelling.add(token), () -> sampler.logProbability(token)));
    } catch (NonFiniteLogitsException e) {
      throw new DataException(
          e.getMessage() + " (expected finite logits; its parameters are too large)", e);
    }
  }

  /** Tokens of the prompt. */
  public int promptTokens() {
    return prompt.length;
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
