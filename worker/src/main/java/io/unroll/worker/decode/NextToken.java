package io.unroll.worker.decode;

import io.unroll.worker.random.RandomStream;
import java.util.Arrays;

/**
 * Draws a token from logits, in double arithmetic. Tokens of equal logits rank by ascending id. Not
 * thread-safe.
 */
final class NextToken {
  private final SamplingOptions options;
  private final double[] probabilities;
  private final long[] ranks;

  NextToken(SamplingOptions options, int vocabulary) {
    this.options = options;
    this.probabilities = new double[vocabulary];
    this.ranks = new long[vocabulary];
  }

  /**
   * Draws one token; uses one uniform number unless greedy.
   *
   * @param logits (V); not modified
   * @throws NonFiniteLogitsException if a logit is NaN or infinite
   */
  int draw(float[] logits, RandomStream random) {
    int best = likeliest(logits);
    if (options.greedy()) {
      return best;
    }
    double uniform = random.nextDouble();
    if (options.topK() == 0 && options.topP() == 1) {
      return drawByIndex(logits, logits[best], uniform);
    }
    return drawByRank(logits, uniform);
  }

  private static int likeliest(float[] logits) {
    int best = 0;
    for (int x = 0; x < logits.length; x++) {
      if (!Float.isFinite(logits[x])) {
        throw new NonFiniteLogitsException(x, logits[x]);
      }
      if (logits[x] > logits[best]) {
        best = x;
      }
    }
    return best;
  }

  private int drawByIndex(float[] logits, float highest, double uniform) {
    int count = logits.length;
    for (int x = 0; x < count; x++) {
      probabilities[x] = unnormalized(logits[x], highest);
    }
    return invert(count, uniform * sum(count));
  }

  private int drawByRank(float[] logits, double uniform) {
    rank(logits);
    int count = options.topK() == 0 ? logits.length : Math.min(options.topK(), logits.length);
    float highest = logits[(int) ranks[0]];
    for (int x = 0; x < count; x++) {
      probabilities[x] = unnormalized(logits[(int) ranks[x]], highest);
    }
    int kept = options.topP() == 1 ? count : nucleus(count);
    return (int) ranks[invert(kept, uniform * sum(kept))];
  }

  /** StrictMath: the same draw on every machine. */
  private double unnormalized(float logit, float highest) {
    return StrictMath.exp(((double) logit - highest) / options.temperature());
  }

  /** Sorts tokens by descending logit, then ascending id: the id is the low half of each rank. */
  private void rank(float[] logits) {
    for (int x = 0; x < logits.length; x++) {
      int bits = Float.floatToIntBits(logits[x] + 0f); // -0 becomes 0
      int ascending = bits ^ (bits >> 31 & Integer.MAX_VALUE);
      ranks[x] = (long) ~ascending << 32 | x;
    }
    Arrays.sort(ranks);
  }

  /** The fewest ranks whose probabilities reach top-p. */
  private int nucleus(int count) {
    double wanted = options.topP() * sum(count);
    double sum = 0;
    int kept = 0;
    while (kept < count && sum < wanted) {
      sum += probabilities[kept++];
    }
    return kept;
  }

  private double sum(int count) {
    double sum = 0;
    for (int x = 0; x < count; x++) {
      sum += probabilities[x];
    }
    return sum;
  }

  /** The first index whose cumulated probability exceeds the wanted one. */
  private int invert(int count, double wanted) {
    double sum = 0;
    for (int x = 0; x < count - 1; x++) {
      sum += probabilities[x];
      if (wanted < sum) {
        return x;
      }
    }
    return count - 1;
  }
}
