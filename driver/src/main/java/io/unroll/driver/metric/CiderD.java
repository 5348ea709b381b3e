package io.unroll.driver.metric;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * CIDEr-D (Vedantam, Zitnick and Parikh 2015) as coco-caption computes it: ten times the mean, over
 * references and over runs of one to four tokens, of the cosine between hypothesis and reference,
 * where a run weighs how often it is there times the logarithm of how few images have it. A run
 * never counts more often than the reference has it, and lengths that differ are punished.
 *
 * <pre>
 * w(g) = tf(g) (ln N - ln max(1, df(g)))
 * sim_n = exp(-d^2 / (2 6^2)) sum_g min(w_h, w_r) w_r / (|w_h| |w_r|),  d: difference of lengths
 * </pre>
 */
public final class CiderD {
  private static final int ORDERS = 4;
  private static final double SIGMA = 6;
  private static final double SCALE = 10;

  private final Map<List<String>, Integer> images = new HashMap<>();
  private final double logarithm;

  /** Takes how many images have each run of tokens from the references of some texts. */
  public CiderD(Collection<Compared> frequencies) {
    for (Compared text : frequencies) {
      Set<List<String>> runs = new HashSet<>();
      for (String reference : text.references()) {
        for (int order = 1; order <= ORDERS; order++) {
          runs.addAll(Ngrams.of(Ngrams.split(reference), order).keySet());
        }
      }
      runs.forEach(run -> images.merge(run, 1, Integer::sum));
    }
    this.logarithm = Math.log(frequencies.size());
  }

  /** The weighted runs of a text. */
  private record Vector(List<Map<List<String>, Double>> weights, double[] norms, int length) {}

  /** The mean over texts, 0 to 10; 0 of none. */
  public double of(Collection<Compared> corpus) {
    return corpus.stream().mapToDouble(this::of).average().orElse(0);
  }

  private double of(Compared text) {
    Vector hypothesis = vector(text.hypothesis());
    double sum = 0;
    for (String reference : text.references()) {
      sum += similarity(hypothesis, vector(reference));
    }
    return SCALE * sum / text.references().size();
  }

  private Vector vector(String text) {
    List<String> tokens = Ngrams.split(text);
    double[] norms = new double[ORDERS];
    List<Map<List<String>, Double>> weights = new ArrayList<>();
    for (int order = 0; order < ORDERS; order++) {
      Map<List<String>, Double> weighted = new HashMap<>();
      for (var run : Ngrams.of(tokens, order + 1).entrySet()) {
        int having = images.getOrDefault(run.getKey(), 0);
        double weight = run.getValue() * (logarithm - Math.log(Math.max(1, having)));
        weighted.put(run.getKey(), weight);
        norms[order] += weight * weight;
      }
      norms[order] = Math.sqrt(norms[order]);
      weights.add(weighted);
    }
    return new Vector(weights, norms, Math.max(0, tokens.size() - 1));
  }

  private static double similarity(Vector hypothesis, Vector reference) {
    double difference = hypothesis.length() - reference.length();
    double penalty = Math.exp(-difference * difference / (2 * SIGMA * SIGMA));
    double sum = 0;
    for (int order = 0; order < ORDERS; order++) {
      double norms = hypothesis.norms()[order] * reference.norms()[order];
      double product = product(hypothesis.weights().get(order), reference.weights().get(order));
      sum += penalty * (norms == 0 ? product : product / norms);
    }
    return sum / ORDERS;
  }

  private static double product(
      Map<List<String>, Double> hypothesis, Map<List<String>, Double> reference) {
    double product = 0;
    for (var run : hypothesis.entrySet()) {
      double right = reference.getOrDefault(run.getKey(), 0.0);
      product += Math.min(run.getValue(), right) * right;
    }
    return product;
  }
}
