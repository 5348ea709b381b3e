package io.unroll.dataprep.examples;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Examples of a split to rows, in order, in files whose number follows from the examples alone. */
final class ExampleRows {
  private ExampleRows() {}

  static JavaRDD<Row> of(
      JavaRDD<RawExample> examples, ExampleSizes sizes, Broadcast<Encoder> encoder) {
    return examples
        .zipWithIndex()
        .mapToPair(Tuple2::swap)
        .repartitionAndSortWithinPartitions(RowFiles.of(sizes.numbers(), sizes.examples()))
        .map(pair -> encoder.value().row(pair._1(), pair._2()));
  }
}
