package io.unroll.worker.decode;

import java.util.ArrayList;
import java.util.List;

/**
 * The search about one source: the hypotheses that are followed, one row each, and those that have
 * ended. It knows nothing of other sources.
 *
 * <p>Each step takes the best K of all tokens that may follow the hypotheses of the beam. Those
 * that end leave it; the others are the beam of the next step. The greedy hypothesis is followed to
 * its end even after it has dropped out of the beam, in a row of its own behind the others, of
 * which only the likeliest token is taken: so the best hypothesis is never worse than greedy's.
 */
final class Beam {
  private final int source;
  private final BeamOptions options;
  private final int end;
  private final AllowedTokens allowed;
  private final Candidates candidates;
  private final Candidates likeliest = new Candidates(1);
  private final EndedHypotheses ended;
  private List<BeamRow> rows;

  Beam(int source, BeamOptions options, BeamTokens tokens, AllowedTokens allowed) {
    this.source = source;
    this.options = options;
    this.end = tokens.end();
    this.allowed = allowed;
    this.candidates = new Candidates(options.width());
    this.ended = new EndedHypotheses(options.width());
    this.rows = List.of(BeamRow.first(tokens.begin()));
  }

  /** Which sequence of the window it is about. */
  int source() {
    return source;
  }

  /** Those of the next step; none when the search is over. */
  List<BeamRow> rows() {
    return rows;
  }

  /** The best hypotheses that have ended. */
  List<Hypothesis> best() {
    return ended.first(options.best());
  }

  /**
   * Writes one token more.
   *
   * @param step of these rows; logits of forbidden tokens are overwritten
   * @throws NonFiniteLogitsException if a logit is NaN or +∞
   */
  void advance(StepRows step) {
    candidates.clear();
    likeliest.clear();
    for (int index = 0; index < rows.size(); index++) {
      allowed.offer(step, index, rows.get(index), candidates, likeliest);
    }
    rows = continued(step);
    if (rows.stream().noneMatch(this::mayBeAmongTheBest)) {
      rows = List.of();
    }
  }

  private boolean mayBeAmongTheBest(BeamRow row) {
    return ended.wants(options.bound(row.written().logProbability()));
  }

  private List<BeamRow> continued(StepRows step) {
    List<BeamRow> next = new ArrayList<>();
    for (Candidate candidate : candidates.inOrder()) {
      write(candidate, true, likeliest.inOrder().contains(candidate), step, next);
    }
    for (Candidate candidate : likeliest.inOrder()) {
      if (!candidates.inOrder().contains(candidate)) {
        write(candidate, false, true, step, next);
      }
    }
    return next;
  }

  /** Ends a hypothesis, or adds it to the rows that go on. */
  private void write(
      Candidate candidate, boolean inBeam, boolean greedy, StepRows step, List<BeamRow> next) {
    int parent = candidate.parent();
    Prefix before = rows.get(parent).written();
    if (candidate.token() == end) {
      ended.add(Hypothesis.finished(before, candidate.sum(), options));
      return;
    }
    Prefix written = before.then(candidate.token(), candidate.sum(), step.attentionOf(parent));
    if (written.length() == options.longest()) {
      ended.add(Hypothesis.cut(written, options));
      return;
    }
    next.add(new BeamRow(written, parent, inBeam, greedy));
  }
}
