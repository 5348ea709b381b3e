package io.unroll.dataprep.examples;

import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.source.ComparedSources;
import io.unroll.dataprep.source.EarlierSources;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.source.SourceHashes;
import io.unroll.dataprep.table.ColumnType;
import io.unroll.dataprep.table.Table;
import io.unroll.dataprep.table.TableFormat;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/** Tables with examples, found and hashed. */
public final class ExampleTables {
  private final SparkSession spark;
  private final TableFormat format;
  private final Map<String, ColumnType> roles;

  /**
   * @param roles what is read of each table, in this order, and what its column must hold
   */
  public ExampleTables(SparkSession spark, TableFormat format, Map<String, ColumnType> roles) {
    this.spark = spark;
    this.format = format;
    this.roles = roles;
  }

  /**
   * The tables of each split.
   *
   * @throws io.unroll.dataprep.DataException if one is missing, or lacks a column
   */
  public Map<Split, Table> open(Cluster cluster, ExampleUris uris) {
    Map<Split, Table> tables = new EnumMap<>(Split.class);
    uris.bySplit()
        .forEach((split, own) -> tables.put(split, Table.open(spark, cluster, format, own, roles)));
    return tables;
  }

  /**
   * What there is to read in tables.
   *
   * @param reader how rows are read, beside the names of the columns
   * @param vectorSize numbers of a vector; 0 where words are read
   * @param labels all there are; empty: those that training has
   */
  public ExampleCorpora corpora(
      Cluster cluster,
      Map<Split, Table> tables,
      ExampleSettings settings,
      Function<List<String>, RowReader> reader,
      int vectorSize,
      Optional<List<String>> labels) {
    var comparison = EarlierSources.comparison(settings.output().since(), cluster.hadoop());
    List<SourceFile> files =
        tables.values().stream().flatMap(table -> table.files().stream()).distinct().toList();
    ComparedSources sources =
        comparison.apply(files.isEmpty() ? List.of() : SourceHashes.of(cluster, files));
    Map<Split, TableExamples> examples = new EnumMap<>(Split.class);
    tables.forEach(
        (split, table) ->
            examples.put(split, new TableExamples(table, reader.apply(table.columns()))));
    return ExampleCorpora.ofTables(
        examples, sources, vectorSize, labels, TextFiles.notes(sources, settings.division()));
  }
}
