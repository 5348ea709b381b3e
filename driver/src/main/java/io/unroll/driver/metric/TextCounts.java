package io.unroll.driver.metric;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The counts of each text of a corpus.
 *
 * @param texts the counts by text; at least one
 */
public record TextCounts(SummedMeasure measure, List<long[]> texts) {
  public TextCounts {
    texts = List.copyOf(texts);
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("Invalid texts: none (expected at least one)");
    }
  }

  /** Counts a corpus. */
  public static TextCounts of(SummedMeasure measure, Collection<Compared> corpus) {
    return new TextCounts(measure, corpus.stream().map(measure::summands).toList());
  }

  /** The sum over all texts. */
  long[] sum() {
    return sum(IntStream.range(0, texts.size()).toArray());
  }

  private long[] sum(int[] drawn) {
    long[] sum = new long[texts.get(0).length];
    for (int text : drawn) {
      long[] counts = texts.get(text);
      for (int x = 0; x < sum.length; x++) {
        sum[x] += counts[x];
      }
    }
    return sum;
  }

  /** The score of the corpus. */
  public double score() {
    return measure.score(sum());
  }

  /** The scores of {@link Bootstrap}'s samples of the texts, in their order. */
  public double[] resampled() {
    return Bootstrap.statistics(texts.size(), drawn -> measure.score(sum(drawn)));
  }
}
