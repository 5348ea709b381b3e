package io.unroll.dataprep.source;

import io.unroll.dataprep.DataException;
import java.io.Serializable;

/**
 * What a task found: a value, or bad data. Bad data is returned, not thrown, since trying again
 * would not help and Spark would log each attempt with its stack trace.
 *
 * @param value null if the data is bad
 * @param error null if it is good
 */
public record Outcome<T extends Serializable>(T value, String error) implements Serializable {

  /** What may find bad data. */
  public interface Attempt<T> {
    T run() throws DataException;
  }

  public static <T extends Serializable> Outcome<T> of(Attempt<T> attempt) {
    try {
      return new Outcome<>(attempt.run(), null);
    } catch (DataException e) {
      return new Outcome<>(null, e.getMessage());
    }
  }

  /**
   * The value.
   *
   * @throws DataException if the data is bad
   */
  public T orThrow() {
    if (error != null) {
      throw new DataException(error);
    }
    return value;
  }
}
