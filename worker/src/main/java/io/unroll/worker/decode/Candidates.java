package io.unroll.worker.decode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The best few of many candidates, whatever the order in which they are offered. */
final class Candidates {
  private final int count;
  private final List<Candidate> best;

  private double lowest = -Double.MAX_VALUE;

  Candidates(int count) {
    this.count = count;
    this.best = new ArrayList<>();
  }

  void clear() {
    best.clear();
    lowest = -Double.MAX_VALUE;
  }

  /** Sums below it have no chance. Forbidden tokens have none from the beginning: -∞. */
  double lowest() {
    return lowest;
  }

  void offer(double sum, int token, int parent) {
    if (sum < lowest) {
      return;
    }
    Candidate candidate = new Candidate(sum, token, parent);
    best.add(-1 - Collections.binarySearch(best, candidate), candidate);
    if (best.size() > count) {
      best.remove(count);
    }
    if (best.size() == count) {
      lowest = best.get(count - 1).sum();
    }
  }

  /** The best first; a view. */
  List<Candidate> inOrder() {
    return best;
  }
}
