package io.unroll.dataprep.table;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.source.SourceFile;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Files as Spark reads them. */
final class SparkFiles {
  /** What Spark calls the only column of files whose lines are no JSON. */
  private static final String CORRUPT = "_corrupt_record";

  /** What patterns of file names are told by. */
  private static final Pattern GLOB = Pattern.compile("[{}\\[\\]*?\\\\]");

  private SparkFiles() {}

  static Dataset<Row> read(SparkSession spark, TableFormat format, List<SourceFile> files) {
    var reader = spark.read().format(format.kind().label());
    if (format.kind() == TableFormat.Kind.CSV) { // as RFC 4180 has it
      reader.option("header", "true").option("multiLine", "true").option("escape", "\"");
    }
    Dataset<Row> rows = reader.load(files.stream().map(SparkFiles::literal).toArray(String[]::new));
    if (Arrays.equals(rows.schema().fieldNames(), new String[] {CORRUPT})) {
      throw new DataException(
          "Cannot read %s: it has no JSON objects (expected one in each line; --format says what the inputs are)"
              .formatted(files.get(0).uri()));
    }
    return rows;
  }

  /** Spark takes names of files for patterns, also where it is told that they are none. */
  private static String literal(SourceFile file) {
    return GLOB.matcher(file.uri())
        .replaceAll(found -> Matcher.quoteReplacement("\\" + found.group()));
  }
}
