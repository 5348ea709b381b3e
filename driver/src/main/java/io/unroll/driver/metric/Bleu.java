package io.unroll.driver.metric;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * BLEU of a corpus (Papineni et al. 2002) as sacrebleu computes it (Post 2018): up to four tokens,
 * the nearest length of the references, and exponential smoothing, by which the k-th order that has
 * no match counts 1/2^k matches.
 *
 * <pre>
 * BLEU = 100 BP (p1 p2 p3 p4)^(1/4),  BP = 1 if c >= r, or exp(1 - r/c)
 * </pre>
 *
 * @param tokens how texts are cut
 * @param lowerCase whether letters are made lower-case before
 */
public record Bleu(BleuTokens tokens, boolean lowerCase) implements SummedMeasure {
  private static final int ORDERS = 4;
  private static final int PERCENT = 100;

  /**
   * What the score is made of. Of several texts, it is the sum.
   *
   * @param matches of each order, runs of tokens that are in a reference too
   * @param totals of each order, runs of tokens in the hypotheses
   * @param hypothesis c, tokens of the hypotheses
   * @param reference r, tokens of the nearest references
   */
  public record Counts(List<Long> matches, List<Long> totals, long hypothesis, long reference) {
    /** Those that {@link #inOneRow} has put into one row, or a sum of such rows. */
    static Counts of(long[] row) {
      List<Long> numbers = Arrays.stream(row).boxed().toList();
      return new Counts(
          numbers.subList(0, ORDERS),
          numbers.subList(ORDERS, 2 * ORDERS),
          row[2 * ORDERS],
          row[2 * ORDERS + 1]);
    }

    /** Matches, totals and both lengths, one after the other. */
    private long[] inOneRow() {
      return Stream.of(matches, totals, List.of(hypothesis, reference))
          .flatMap(List::stream)
          .mapToLong(count -> count)
          .toArray();
    }

    /** p of each order, 0 to 100, smoothed. */
    public double[] precisions() {
      double[] precisions = new double[ORDERS];
      if (matches.stream().allMatch(count -> count == 0)) {
        return precisions;
      }
      double smoothing = 1;
      for (int order = 0; order < ORDERS && totals.get(order) > 0; order++) {
        double found = matches.get(order);
        if (found == 0) {
          smoothing *= 2;
          found = 1 / smoothing;
        }
        precisions[order] = PERCENT * found / totals.get(order);
      }
      return precisions;
    }

    /** BP, the penalty for brevity. */
    public double brevityPenalty() {
      if (hypothesis >= reference) {
        return 1;
      }
      return hypothesis == 0 ? 0 : Math.exp(1 - (double) reference / hypothesis);
    }

    /** BLEU, 0 to 100. */
    public double score() {
      double logarithms = 0;
      for (double precision : precisions()) {
        logarithms += Math.log(precision);
      }
      return brevityPenalty() * Math.exp(logarithms / ORDERS);
    }
  }

  @Override
  public long[] summands(Compared text) {
    return counts(text).inOneRow();
  }

  @Override
  public double score(long[] sum) {
    return Counts.of(sum).score();
  }

  /** The counts of one text. */
  private Counts counts(Compared text) {
    List<String> hypothesis = cut(text.hypothesis());
    List<List<String>> references = text.references().stream().map(this::cut).toList();
    Long[] matches = new Long[ORDERS];
    Long[] totals = new Long[ORDERS];
    for (int order = 0; order < ORDERS; order++) {
      Map<List<String>, Integer> runs = Ngrams.of(hypothesis, order + 1);
      totals[order] = (long) Ngrams.total(runs);
      matches[order] = (long) Ngrams.common(runs, Ngrams.mostOf(references, order + 1));
    }
    return new Counts(
        List.of(matches),
        List.of(totals),
        hypothesis.size(),
        Ngrams.nearest(hypothesis.size(), references));
  }

  /** The counts of a corpus. */
  public Counts of(Collection<Compared> corpus) {
    return Counts.of(TextCounts.of(this, corpus).sum());
  }

  private List<String> cut(String text) {
    return tokens.cut(lowerCase ? text.toLowerCase(Locale.ROOT) : text);
  }

  /**
   * What tells others how it was computed, in the form of sacrebleu, but without its version.
   *
   * @param references number of references of each text
   */
  public String signature(int references) {
    return String.format(
        Locale.ROOT,
        "nrefs:%d|case:%s|eff:no|tok:%s|smooth:exp",
        references,
        lowerCase ? "lc" : "mixed",
        tokens.key());
  }
}
