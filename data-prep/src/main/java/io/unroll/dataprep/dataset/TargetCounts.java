package io.unroll.dataprep.dataset;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** How often the examples of a split have each label. */
final class TargetCounts {
  private TargetCounts() {}

  /** Reads the targets once; labels that the split lacks have the count 0. */
  static Map<String, Long> of(Dataset<Row> rows, Vocabulary labels) {
    Map<String, Long> counts = new LinkedHashMap<>();
    labels.tokens().forEach(label -> counts.put(label, 0L));
    rows.select(functions.explode(functions.col(ExampleShape.TARGETS)).as("target"))
        .groupBy("target")
        .count()
        .collectAsList()
        .forEach(row -> counts.put(labels.token(row.getInt(0)), row.getLong(1)));
    return counts;
  }
}
