package io.unroll.dataprep.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import io.unroll.dataprep.source.SourceFile;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Rows as they lie in files, which Spark reads in any order, and in parts. */
final class InFiles {
  private static final String FILE = "_metadata.file_path";
  private static final String BLOCK = "_metadata.file_block_start";

  private InFiles() {}

  /**
   * The rows, file by file.
   *
   * @param read columns of the rows
   * @param files in their order
   */
  static JavaRDD<TableRow> rows(Dataset<Row> all, List<Column> read, List<SourceFile> files) {
    var indexes = new HashMap<String, Integer>();
    files.forEach(file -> indexes.put(file.uri(), indexes.size()));
    List<Column> placed = new ArrayList<>(read);
    placed.addAll(List.of(col(FILE), col(BLOCK), monotonically_increasing_id()));
    int first = read.size();
    JavaPairRDD<RowPlace, Row> rows =
        all.select(placed.toArray(Column[]::new))
            .javaRDD()
            .mapToPair(row -> new Tuple2<>(place(row, first, indexes), row))
            .sortByKey();
    long[] before = before(rows, files.size());
    return rows.zipWithIndex()
        .map(
            pair -> {
              int input = pair._1()._1().input();
              return new TableRow(input, pair._2() - before[input] + 1, pair._1()._2());
            });
  }

  private static RowPlace place(Row row, int first, Map<String, Integer> indexes) {
    // Spark writes blanks and the like as URIs do.
    String file = new Path(URI.create(row.getString(first))).toString();
    return new RowPlace(indexes.get(file), row.getLong(first + 1), row.getLong(first + 2));
  }

  /** Rows before the first one of each file. */
  private static long[] before(JavaPairRDD<RowPlace, Row> rows, int files) {
    Map<Integer, Long> counts =
        rows.keys()
            .mapToPair(place -> new Tuple2<>(place.input(), 1L))
            .reduceByKey(Long::sum)
            .collectAsMap();
    long[] before = new long[files];
    for (int x = 1; x < files; x++) {
      before[x] = before[x - 1] + counts.getOrDefault(x - 1, 0L);
    }
    return before;
  }
}
