package io.unroll.dataprep.examples;

import org.apache.spark.Partitioner;

/** Files of a split: each holds consecutive rows, and their number follows from the rows alone. */
public final class RowFiles extends Partitioner {
  private static final long serialVersionUID = 1L;

  /** Numbers per Parquet file: some 64 MB before encoding. */
  private static final long NUMBERS_PER_FILE = 1L << 24;

  private final int files;
  private final long rows;

  private RowFiles(int files, long rows) {
    this.files = files;
    this.rows = rows;
  }

  /**
   * Those of some rows, whose keys are their numbers from 0.
   *
   * @param numbers in all of their arrays, about
   */
  public static RowFiles of(long numbers, long rows) {
    long wanted = (numbers + NUMBERS_PER_FILE - 1) / NUMBERS_PER_FILE;
    return new RowFiles(Math.toIntExact(Math.max(1, Math.min(wanted, rows))), rows);
  }

  @Override
  public int numPartitions() {
    return files;
  }

  @Override
  public int getPartition(Object row) {
    return (int) ((long) row * files / rows);
  }
}
