package io.unroll.driver.metric;

import java.io.Serializable;

/**
 * A measure of a corpus that is computed from counts which add up over its texts, so that the score
 * of any sample of them is cheap.
 */
public sealed interface SummedMeasure extends Serializable permits Bleu, Chrf {
  /** The counts of one text; equally many of every text. */
  long[] summands(Compared text);

  /** The score of a sum of them, 0 to 100. */
  double score(long[] sum);
}
