package io.unroll.dataprep.examples;

import java.io.Serializable;

/**
 * What was found in an input: an example, or what is wrong. It is returned, not thrown, since
 * trying again would not help, and what is wrong is to be counted.
 *
 * @param example null if something is wrong
 * @param bad null if nothing is
 */
record Reading(RawExample example, Bad bad) implements Serializable {

  /**
   * An example that cannot be used.
   *
   * @param place its line or row, from 1
   * @param message what is wrong; complete for the user if it is the whole input
   */
  record Bad(int input, long place, Fault fault, String message)
      implements Serializable, Comparable<Bad> {

    @Override
    public int compareTo(Bad other) {
      int byInput = Integer.compare(input, other.input);
      return byInput != 0 ? byInput : Long.compare(place, other.place);
    }
  }

  static Reading of(RawExample example) {
    return new Reading(example, null);
  }

  static Reading bad(int input, long place, Fault fault, String message) {
    return new Reading(null, new Bad(input, place, fault, message));
  }
}
