package io.unroll.driver.dl4j;

import java.util.Locale;

/** A data set that cannot be trained on. The message is complete for the user. */
public final class InvalidDataSetException extends IllegalArgumentException {
  /**
   * @param number of the data set in its RDD, from 0
   * @param problem where in it, and what is there
   */
  InvalidDataSetException(long number, String problem) {
    super(String.format(Locale.ROOT, "Cannot train on data set %d%s", number, problem));
  }
}
