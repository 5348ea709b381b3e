package io.unroll.dataprep.table;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Where a row lies.
 *
 * @param input index of its file
 * @param block where the part of the file begins that is read as one
 * @param number grows within a part
 */
record RowPlace(int input, long block, long number) implements Serializable, Comparable<RowPlace> {
  private static final Comparator<RowPlace> ORDER =
      Comparator.comparingInt(RowPlace::input)
          .thenComparingLong(RowPlace::block)
          .thenComparingLong(RowPlace::number);

  @Override
  public int compareTo(RowPlace other) {
    return ORDER.compare(this, other);
  }
}
