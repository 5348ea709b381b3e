package io.unroll.driver.metric;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * chrF2 of a corpus (Popović 2015) as sacrebleu computes it: the F score of runs of one to six
 * characters, white space left out, where recall counts twice as much as precision.
 *
 * <pre>
 * chrF = 100 (1 + 4) P R / (4 P + R)
 * </pre>
 *
 * <p>P and R are means over the orders that hypothesis and reference both have. Of several
 * references, that with the best score counts.
 *
 * @param lowerCase whether letters are made lower-case before
 */
public record Chrf(boolean lowerCase) implements SummedMeasure {
  private static final int ORDERS = 6;
  private static final int PERCENT = 100;

  /** Beta squared. */
  private static final int WEIGHT = 4;

  /** chrF2 of a corpus, 0 to 100. */
  public double of(Collection<Compared> corpus) {
    return TextCounts.of(this, corpus).score();
  }

  /** Runs in the hypothesis, of all orders; then those in the reference; then those in both. */
  @Override
  public long[] summands(Compared text) {
    List<String> hypothesis = characters(text.hypothesis());
    long[] best = null;
    for (String reference : text.references()) {
      long[] counts = counts(hypothesis, characters(reference));
      if (best == null || score(counts) > score(best)) {
        best = counts;
      }
    }
    return best;
  }

  private static long[] counts(List<String> hypothesis, List<String> reference) {
    long[] counts = new long[3 * ORDERS];
    for (int order = 0; order < ORDERS; order++) {
      Map<List<String>, Integer> said = Ngrams.of(hypothesis, order + 1);
      Map<List<String>, Integer> right = Ngrams.of(reference, order + 1);
      counts[order] = right.isEmpty() ? 0 : Ngrams.total(said);
      counts[ORDERS + order] = Ngrams.total(right);
      counts[2 * ORDERS + order] = Ngrams.common(said, right);
    }
    return counts;
  }

  @Override
  public double score(long[] sum) {
    double precision = 0;
    double recall = 0;
    int orders = 0;
    for (int order = 0; order < ORDERS; order++) {
      long hypothesis = sum[order];
      long reference = sum[ORDERS + order];
      long common = sum[2 * ORDERS + order];
      if (hypothesis > 0 && reference > 0) {
        precision += (double) common / hypothesis;
        recall += (double) common / reference;
        orders++;
      }
    }
    if (precision + recall == 0) {
      return 0;
    }
    precision /= orders;
    recall /= orders;
    return PERCENT * (1 + WEIGHT) * precision * recall / (WEIGHT * precision + recall);
  }

  private List<String> characters(String text) {
    String read = lowerCase ? text.toLowerCase(Locale.ROOT) : text;
    return Ngrams.characters(Ngrams.withoutWhiteSpace(read));
  }

  /**
   * What tells others how it was computed, in the form of sacrebleu, but without its version.
   *
   * @param references number of references of each text
   */
  public String signature(int references) {
    return String.format(
        Locale.ROOT,
        "nrefs:%d|case:%s|eff:yes|nc:6|nw:0|space:no",
        references,
        lowerCase ? "lc" : "mixed");
  }
}
