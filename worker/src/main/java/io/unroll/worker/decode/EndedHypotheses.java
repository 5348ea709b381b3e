package io.unroll.worker.decode;

import java.util.ArrayList;
import java.util.List;

/** The best K of the hypotheses of a source that have ended; of equal scores the earlier ones. */
final class EndedHypotheses {
  private final int count;
  private final List<Hypothesis> best = new ArrayList<>();

  EndedHypotheses(int count) {
    this.count = count;
  }

  void add(Hypothesis hypothesis) {
    int place = best.size();
    while (place > 0 && best.get(place - 1).score() < hypothesis.score()) {
      place--;
    }
    best.add(place, hypothesis);
    if (best.size() > count) {
      best.remove(count);
    }
  }

  /** Whether a hypothesis of this score would be among them. */
  boolean wants(double score) {
    return best.size() < count || score > best.get(count - 1).score();
  }

  /** The best first, at most so many. */
  List<Hypothesis> first(int wanted) {
    return List.copyOf(best.subList(0, Math.min(wanted, best.size())));
  }
}
