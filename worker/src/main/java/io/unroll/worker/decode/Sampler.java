package io.unroll.worker.decode;

import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Lets a model write. What it writes is a function of parameters, prompt, length and options: the
 * same call gives the same tokens. Not thread-safe.
 */
public final class Sampler {
  /** For {@code endToken}: no token ends the text. */
  public static final int NO_END = -1;

  private final LanguageModel model;
  private final SamplingOptions options;
  private final NextToken nextToken;
  private final int[] input = new int[1];
  private final float[] state;
  private final float[] logits;

  /**
   * Allocates buffers.
   *
   * @param model that parameters are, or will be, given to
   */
  public Sampler(LanguageModel model, SamplingOptions options) {
    this.model = model;
    this.options = options;
    this.nextToken = new NextToken(options, model.architecture().vocabulary());
    this.state = new float[model.architecture().stateSize()];
    this.logits = new float[model.architecture().vocabulary()];
  }

  /**
   * The tokens that follow a prompt.
   *
   * @param prompt tokens read first, at least one: where nothing is given, the begin token of
   *     captions or a line end of running text
   * @param length most tokens to draw
   * @param endToken token that ends the text and is not part of it, or {@link #NO_END}
   * @return at most length tokens, without the prompt
   * @throws IllegalArgumentException if the prompt is empty or has an id that the model lacks
   */
  public int[] sample(int[] prompt, int length, int endToken) {
    IntStream.Builder drawn = IntStream.builder();
    draw(
        prompt,
        length,
        endToken,
        token -> {
          drawn.add(token);
          return true;
        });
    return drawn.build().toArray();
  }

  /**
   * Hands over the same tokens one by one, as they are drawn; keeps none.
   *
   * @param goesOn receives each token and says whether to draw another
   * @throws IllegalArgumentException if the prompt is empty or has an id that the model lacks
   */
  public void draw(int[] prompt, int length, int endToken, IntPredicate goesOn) {
    check(prompt, length);
    Arrays.fill(state, 0f);
    for (int token : prompt) {
      read(token);
    }
    RandomStream random = new RandomStream(options.seed(), Purpose.SAMPLING, 0, 0);
    for (int x = 0; x < length; x++) {
      int token = nextToken.draw(logits, random);
      if (token == endToken || !goesOn.test(token)) {
        return;
      }
      read(token);
    }
  }

  /**
   * ln p of a token, as the model has it, whatever temperature and filters it was drawn by. Of the
   * token that is handed over by {@link #draw}, until that goes on.
   */
  public double logProbability(int token) {
    double highest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      highest = Math.max(highest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += StrictMath.exp(logit - highest);
    }
    return logits[token] - highest - StrictMath.log(sum);
  }

  private void read(int token) {
    input[0] = token;
    model.predict(input, 1, state, logits);
  }

  private void check(int[] prompt, int length) {
    if (length < 0) {
      throw new IllegalArgumentException("Invalid length: " + length + " (expected 0 or more)");
    }
    if (prompt.length == 0) {
      throw new IllegalArgumentException(
          "Cannot sample without a prompt: give at least one token, such as the begin token");
    }
    int vocabulary = model.architecture().vocabulary();
    for (int x = 0; x < prompt.length; x++) {
      if (prompt[x] < 0 || prompt[x] >= vocabulary) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Cannot read token %d of the prompt: id %d is not in the model's vocabulary of %d",
                x,
                prompt[x],
                vocabulary));
      }
    }
  }
}
