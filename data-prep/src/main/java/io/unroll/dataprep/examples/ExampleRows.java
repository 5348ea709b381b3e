package io.unroll.dataprep.examples;

import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Examples of a split to rows, in order, in files whose number follows from the examples alone. */
final class ExampleRows {
  /** Numbers per Parquet file: some 64 MB before encoding. */
  private static final long NUMBERS_PER_FILE = 1L << 24;

  private ExampleRows() {}

  static JavaRDD<Row> of(
      JavaRDD<RawExample> examples, ExampleSizes sizes, Broadcast<Encoder> encoder) {
    long wanted = (sizes.numbers() + NUMBERS_PER_FILE - 1) / NUMBERS_PER_FILE;
    int files = Math.toIntExact(Math.max(1, Math.min(wanted, sizes.examples())));
    return examples
        .zipWithIndex()
        .mapToPair(Tuple2::swap)
        .repartitionAndSortWithinPartitions(new ById(files, sizes.examples()))
        .map(pair -> encoder.value().row(pair._1(), pair._2()));
  }

  /** Files hold consecutive examples. */
  private static final class ById extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int files;
    private final long examples;

    ById(int files, long examples) {
      this.files = files;
      this.examples = examples;
    }

    @Override
    public int numPartitions() {
      return files;
    }

    @Override
    public int getPartition(Object id) {
      return (int) ((long) id * files / examples);
    }
  }
}
