package io.unroll.driver.metric;

import java.util.Collection;
import java.util.List;

/**
 * ROUGE-L (Lin 2004) as coco-caption computes it: the F score of the longest common subsequence of
 * tokens, with the best precision and the best recall over the references, each for itself; the
 * mean over the texts. Texts are cut at white space.
 *
 * <pre>
 * F = (1 + beta^2) P R / (R + beta^2 P),  beta = 1.2
 * </pre>
 */
public final class RougeL {
  private static final double BETA = 1.2;

  private RougeL() {}

  /** The mean over texts, 0 to 1; 0 of none. */
  public static double of(Collection<Compared> corpus) {
    return corpus.stream().mapToDouble(RougeL::of).average().orElse(0);
  }

  private static double of(Compared text) {
    List<String> hypothesis = Ngrams.split(text.hypothesis());
    double precision = 0;
    double recall = 0;
    for (String reference : text.references()) {
      List<String> right = Ngrams.split(reference);
      int common = common(hypothesis, right);
      precision = Math.max(precision, (double) common / Math.max(1, hypothesis.size()));
      recall = Math.max(recall, (double) common / Math.max(1, right.size()));
    }
    if (precision == 0 || recall == 0) {
      return 0;
    }
    double weight = BETA * BETA;
    return (1 + weight) * precision * recall / (recall + weight * precision);
  }

  /** Length of the longest common subsequence. */
  private static int common(List<String> a, List<String> b) {
    int[] lengths = new int[b.size() + 1];
    for (String token : a) {
      int diagonal = 0;
      for (int y = 1; y <= b.size(); y++) {
        int above = lengths[y];
        lengths[y] = token.equals(b.get(y - 1)) ? diagonal + 1 : Math.max(above, lengths[y - 1]);
        diagonal = above;
      }
    }
    return lengths[b.size()];
  }
}
