package io.unroll.worker.decode;

import java.util.Comparator;

/**
 * A token that may follow a hypothesis. The best comes first: that of the highest sum, then of the
 * lower token, then of the lower parent.
 *
 * @param sum log-probability of the hypothesis with this token
 * @param token that follows
 * @param parent row of the hypothesis, among those of its source
 */
record Candidate(double sum, int token, int parent) implements Comparable<Candidate> {
  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble(Candidate::sum)
          .reversed()
          .thenComparingInt(Candidate::token)
          .thenComparingInt(Candidate::parent);

  @Override
  public int compareTo(Candidate other) {
    return BEST_FIRST.compare(this, other);
  }
}
