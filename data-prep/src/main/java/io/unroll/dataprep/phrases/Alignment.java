package io.unroll.dataprep.phrases;

/**
 * Which words of two sentences are translations of each other.
 *
 * @param linked row by source word, column by target word
 */
record Alignment(boolean[][] linked) {
  private static final int[][] NEIGHBOURS = {
    {-1, 0}, {0, -1}, {1, 0}, {0, 1}, {-1, -1}, {-1, 1}, {1, -1}, {1, 1}
  };

  /**
   * Joins two alignments, in each of which every word of one side has at most one of the other:
   * first the links that both have, then, again and again, links of one of them that are next to a
   * link and whose source or target word has none yet (Koehn, Och and Marcu 2003, "grow-diag").
   *
   * @param sources for each target word, the index of its source word, or -1
   * @param targets for each source word, the index of its target word, or -1
   */
  static Alignment of(int[] sources, int[] targets) {
    boolean[][] both = new boolean[targets.length][sources.length];
    boolean[][] any = new boolean[targets.length][sources.length];
    for (int j = 0; j < sources.length; j++) {
      if (sources[j] >= 0) {
        any[sources[j]][j] = true;
        both[sources[j]][j] = targets[sources[j]] == j;
      }
    }
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] >= 0) {
        any[i][targets[i]] = true;
      }
    }
    Alignment alignment = new Alignment(both);
    boolean grown = true;
    while (grown) {
      grown = alignment.grow(any);
    }
    return alignment;
  }

  private boolean grow(boolean[][] any) {
    boolean grown = false;
    for (int i = 0; i < linked.length; i++) {
      for (int j = 0; j < linked[i].length; j++) {
        for (int[] step : NEIGHBOURS) {
          grown |= linked[i][j] && add(any, i + step[0], j + step[1]);
        }
      }
    }
    return grown;
  }

  private boolean add(boolean[][] any, int i, int j) {
    boolean inside = i >= 0 && i < linked.length && j >= 0 && j < linked[i].length;
    if (inside && any[i][j] && !linked[i][j] && !(hasTarget(i) && hasSource(j))) {
      linked[i][j] = true;
      return true;
    }
    return false;
  }

  /** Whether a source word has a translation. */
  private boolean hasTarget(int i) {
    for (boolean link : linked[i]) {
      if (link) {
        return true;
      }
    }
    return false;
  }

  /** Whether a target word is a translation. */
  boolean hasSource(int j) {
    for (boolean[] row : linked) {
      if (row[j]) {
        return true;
      }
    }
    return false;
  }
}
