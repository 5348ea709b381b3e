package io.unroll.driver.evaluate;

import io.unroll.worker.data.Example;
import java.io.Serializable;

/**
 * Which examples are about one source, such as the captions of a picture: those of the same group
 * that come one after the other. A model writes about such a source once, and the texts of all of
 * them are references.
 */
@FunctionalInterface
interface SourceGroups extends Serializable {
  /** Every example is about a source of its own: datasets do not tell groups. */
  SourceGroups EACH_ITS_OWN = (part, place, example) -> (long) part << Integer.SIZE | place;

  /**
   * The group of an example.
   *
   * @param part the example's part of the split, from 0
   * @param place the example's place in it, from 0
   */
  long group(int part, int place, Example example);
}
