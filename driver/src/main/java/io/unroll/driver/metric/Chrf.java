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
public record Chrf(boolean lowerCase) {
  private static final int ORDERS = 6;
  private static final int PERCENT = 100;

  /** Beta squared. */
  private static final int WEIGHT = 4;

  /** Of each order: runs in the hypothesis, in the reference, and in both. */
  private record Counts(long[] hypothesis, long[] reference, long[] common) {
    static Counts none() {
      return new Counts(new long[ORDERS], new long[ORDERS], new long[ORDERS]);
    }

    void add(Counts other) {
      for (int order = 0; order < ORDERS; order++) {
        hypothesis[order] += other.hypothesis[order];
        reference[order] += other.reference[order];
        common[order] += other.common[order];
      }
    }

    double score() {
      double precision = 0;
      double recall = 0;
      int orders = 0;
      for (int order = 0; order < ORDERS; order++) {
        if (hypothesis[order] > 0 && reference[order] > 0) {
          precision += (double) common[order] / hypothesis[order];
          recall += (double) common[order] / reference[order];
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
  }

  /** chrF2 of a corpus, 0 to 100. */
  public double of(Collection<Compared> corpus) {
    Counts sum = Counts.none();
    for (Compared text : corpus) {
      sum.add(best(text));
    }
    return sum.score();
  }

  private Counts best(Compared text) {
    List<String> hypothesis = characters(text.hypothesis());
    Counts best = null;
    for (String reference : text.references()) {
      Counts counts = counts(hypothesis, characters(reference));
      if (best == null || counts.score() > best.score()) {
        best = counts;
      }
    }
    return best;
  }

  private static Counts counts(List<String> hypothesis, List<String> reference) {
    Counts counts = Counts.none();
    for (int order = 0; order < ORDERS; order++) {
      Map<List<String>, Integer> said = Ngrams.of(hypothesis, order + 1);
      Map<List<String>, Integer> right = Ngrams.of(reference, order + 1);
      counts.hypothesis[order] = right.isEmpty() ? 0 : Ngrams.total(said);
      counts.reference[order] = Ngrams.total(right);
      counts.common[order] = Ngrams.common(said, right);
    }
    return counts;
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
