package io.unroll.driver.metric;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * BLEU of captions as coco-caption computes it (Chen et al. 2015): of a whole corpus, unsmoothed,
 * for one to four tokens. Texts are cut at white space.
 */
public final class CaptionBleu {
  private static final int ORDERS = 4;

  /** Added to counts, so that nothing is divided by zero. */
  private static final double TINY = 1e-15;

  private static final double SMALL = 1e-9;

  private CaptionBleu() {}

  /** BLEU-1 to BLEU-4, 0 to 1. */
  public static double[] of(Collection<Compared> corpus) {
    long[] matches = new long[ORDERS];
    long[] totals = new long[ORDERS];
    long length = 0;
    long nearest = 0;
    for (Compared text : corpus) {
      List<String> hypothesis = Ngrams.split(text.hypothesis());
      List<List<String>> references = text.references().stream().map(Ngrams::split).toList();
      length += hypothesis.size();
      nearest += Ngrams.nearest(hypothesis.size(), references);
      for (int order = 0; order < ORDERS; order++) {
        Map<List<String>, Integer> runs = Ngrams.of(hypothesis, order + 1);
        totals[order] += Ngrams.total(runs);
        matches[order] += Ngrams.common(runs, Ngrams.mostOf(references, order + 1));
      }
    }
    double ratio = (length + TINY) / (nearest + SMALL);
    double penalty = ratio < 1 ? Math.exp(1 - 1 / ratio) : 1;
    double[] scores = new double[ORDERS];
    double product = 1;
    for (int order = 0; order < ORDERS; order++) {
      product *= (matches[order] + TINY) / (totals[order] + SMALL);
      scores[order] = penalty * Math.pow(product, 1.0 / (order + 1));
    }
    return scores;
  }
}
