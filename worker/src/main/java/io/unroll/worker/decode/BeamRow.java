package io.unroll.worker.decode;

/**
 * A hypothesis that is followed.
 *
 * @param written so far
 * @param parent row of the last step that it continues
 * @param inBeam whether it is one of the K best, so that all tokens may follow; else only the
 *     likeliest does
 * @param greedy whether each of its tokens was the likeliest
 */
record BeamRow(Prefix written, int parent, boolean inBeam, boolean greedy) {
  /** That of the first step: nothing is written. */
  static BeamRow first(int begin) {
    return new BeamRow(Prefix.begin(begin), 0, true, true);
  }
}
