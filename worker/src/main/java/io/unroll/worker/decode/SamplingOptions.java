package io.unroll.worker.decode;

/**
 * How the next token is drawn. The filters apply one after the other: temperature, top-k, top-p.
 *
 * @param temperature logits are divided by it, > 0; below 1 likely tokens gain, above 1 unlikely
 *     ones
 * @param topK only the k likeliest tokens are drawn (Fan, Lewis and Dauphin 2018); 0 for all
 * @param topP only the fewest likeliest tokens whose probabilities sum to p are drawn (nucleus
 *     sampling, Holtzman et al. 2020), in (0, 1]; 1 for all
 * @param greedy whether the likeliest token is taken, whatever the other settings
 * @param seed of the draws
 */
public record SamplingOptions(
    double temperature, int topK, double topP, boolean greedy, long seed) {
  public SamplingOptions {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("Invalid temperature: " + temperature + " (expected > 0)");
    }
    if (topK < 0) {
      throw new IllegalArgumentException(
          "Invalid top-k: " + topK + " (expected 1 or more, or 0 for all tokens)");
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("Invalid top-p: " + topP + " (expected 0 < top-p <= 1)");
    }
  }

  /** Draws from the model's own distribution. */
  public static SamplingOptions plain(long seed) {
    return new SamplingOptions(1, 0, 1, false, seed);
  }

  /** Takes the likeliest token each time. */
  public static SamplingOptions likeliest() {
    return new SamplingOptions(1, 1, 1, true, 0);
  }
}
