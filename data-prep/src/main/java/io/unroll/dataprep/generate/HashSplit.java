package io.unroll.dataprep.generate;

import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.examples.Mixing;

/**
 * The one split that a question belongs to, as Zaremba and Sutskever (2014) divide their programs:
 * no question of one split is ever in another.
 */
final class HashSplit {
  private static final Split[] SPLITS = Split.values();

  private HashSplit() {}

  static Split of(String question) {
    return SPLITS[(int) Math.floorMod(Mixing.of(0, question), (long) SPLITS.length)];
  }
}
