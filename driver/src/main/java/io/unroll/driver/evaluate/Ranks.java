package io.unroll.driver.evaluate;

import java.util.List;

/**
 * At which place what is right comes, of several that a model puts in order.
 *
 * @param ranking what was asked
 * @param candidates how many are put in order, about a text of a source with one text
 * @param ranks from 1, for each text
 */
public record Ranks(Ranking ranking, int candidates, List<Integer> ranks) {
  public Ranks {
    ranks = List.copyOf(ranks);
  }

  /** The middle rank; the mean of both middle ones of an even number. */
  public double median() {
    List<Integer> sorted = ranks.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
  }

  /** Share of the texts for which what is right is among the first {@code k}, 0 to 1. */
  public double recall(int k) {
    return (double) ranks.stream().filter(rank -> rank <= k).count() / ranks.size();
  }
}
