package io.unroll.dataprep.lines;

import io.unroll.dataprep.examples.Division;
import io.unroll.dataprep.examples.ExampleCorpora;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleTables;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.examples.TextFiles;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.table.ColumnType;
import io.unroll.dataprep.table.TableFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Examples of two fields, to be found.
 *
 * @param examples what fields are made into
 */
public record FieldCorpora(ExampleUris uris, ExampleSettings settings, FieldExamples examples) {
  /** In files that are read without Spark's readers, so that errors have lines. */
  public ExampleCorpora files(Cluster cluster, LineFormat format) {
    return TextFiles.find(cluster, uris, settings, file -> new LineFile(file, format, examples));
  }

  /**
   * In tables, with a column of keys where the division is by keys.
   *
   * @param roles of the two columns
   */
  public ExampleCorpora tables(
      SparkSession spark, Cluster cluster, TableFormat format, List<FieldRole> roles) {
    Map<String, ColumnType> types = FieldRole.types(roles);
    if (settings.division() instanceof Division.Keyed) {
      types.put(TableFormat.KEY, ColumnType.NAME);
    }
    var tables = new ExampleTables(spark, format, types);
    return tables.corpora(
        cluster,
        tables.open(cluster, uris),
        settings,
        columns -> new LineRows(examples, roles, columns),
        0,
        Optional.empty());
  }
}
