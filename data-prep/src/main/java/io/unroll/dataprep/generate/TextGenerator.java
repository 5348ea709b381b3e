package io.unroll.dataprep.generate;

import io.unroll.dataprep.dataset.Split;
import java.io.Serializable;

/** Makes questions with their answers, each out of its own number alone. */
public sealed interface TextGenerator extends Serializable permits Addition, Programs {
  /** All characters that there can be. */
  String alphabet();

  /**
   * One question.
   *
   * @param number of it in the split, from 0
   * @param count of the split
   */
  GeneratedText text(Split split, long number, long count);
}
