package io.unroll.dataprep.features;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.Corpus;
import io.unroll.dataprep.examples.ExampleInput;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.source.Inputs;
import io.unroll.dataprep.source.Recognition;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.summary.Count;
import io.unroll.dataprep.table.Table;
import io.unroll.dataprep.table.TableFormat;
import io.unroll.dataprep.table.TableRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/** The files of vectors of images, found, and not yet read. Belongs to the Spark driver. */
public final class FeatureFiles {
  private final Cluster cluster;
  private final FeatureOptions options;
  private final List<SourceFile> files;
  private final List<SourceFile> ids;
  private final Optional<Table> table;

  private FeatureFiles(
      Cluster cluster,
      FeatureOptions options,
      List<SourceFile> files,
      List<SourceFile> ids,
      Optional<Table> table) {
    this.cluster = cluster;
    this.options = options;
    this.files = files;
    this.ids = ids;
    this.table = table;
  }

  /**
   * Finds them.
   *
   * @throws DataException if one is missing, is of another kind, or there are not as many lists of
   *     ids as arrays
   */
  public static FeatureFiles find(SparkSession spark, Cluster cluster, FeatureOptions options) {
    if (options.format() == FeatureFormat.PARQUET) {
      var format = new TableFormat(TableFormat.Kind.PARQUET, options.columns(), "");
      Table table = Table.open(spark, cluster, format, options.uris(), FeatureRows.roles());
      return new FeatureFiles(cluster, options, table.files(), List.of(), Optional.of(table));
    }
    List<SourceFile> files = new Inputs(cluster.hadoop()).files(options.uris());
    if (!options.format().hasIdsElsewhere()) {
      return new FeatureFiles(
          cluster, options, Recognition.of(cluster, files), List.of(), Optional.empty());
    }
    List<SourceFile> arrays =
        files.stream().map(file -> Recognition.unpacked(file, cluster.hadoop())).toList();
    List<SourceFile> ids =
        Recognition.of(cluster, new Inputs(cluster.hadoop()).files(options.ids()));
    if (arrays.size() != ids.size()) {
      throw new DataException(
          "Cannot pair %s of vectors with %s of ids (expected a list for each file; %s is the first of those)"
              .formatted(
                  Count.of(arrays.size(), "file"),
                  Count.of(ids.size(), "file"),
                  arrays.get(0).uri()));
    }
    return new FeatureFiles(cluster, options, arrays, ids, Optional.empty());
  }

  /** All of them, also lists of ids. */
  public List<SourceFile> sources() {
    List<SourceFile> all = new ArrayList<>(files);
    all.addAll(ids);
    return all;
  }

  /**
   * Reads all.
   *
   * @throws DataException if something cannot be used: see {@link FeatureCorpus#check}
   */
  public FeatureCorpus open() {
    FeatureCorpus corpus = table.isPresent() ? of(table.get()) : of(inputs());
    try {
      cluster.named(
          "reading the vectors",
          () -> {
            corpus.check();
            return null;
          });
      return corpus;
    } catch (RuntimeException e) {
      corpus.close();
      throw e;
    }
  }

  private List<FeatureInput> inputs() {
    return IntStream.range(0, files.size()).mapToObj(this::input).toList();
  }

  private FeatureInput input(int file) {
    return switch (options.format()) {
      case NPY -> new ArrayFeatures(files.get(file), ids.get(file), false);
      case MAT -> new ArrayFeatures(files.get(file), ids.get(file), true);
      case TSV -> new LineFeatures(files.get(file), new NumberLines());
      case CLASSES ->
          new LineFeatures(files.get(file), new ClassLines(options.classes(), options.asSet()));
      case BOTTOM_UP -> new LineFeatures(files.get(file), new BottomUpLines());
      case PARQUET -> throw new IllegalStateException("Tables are read by Spark");
    };
  }

  private FeatureCorpus of(List<FeatureInput> inputs) {
    int vectorSize = inputs.get(0).vectorSize(cluster.hadoop());
    List<ExampleInput> sized = inputs.stream().map(input -> input.of(vectorSize)).toList();
    return new FeatureCorpus(Corpus.of(cluster, sized, options.format().unit()), vectorSize);
  }

  private FeatureCorpus of(Table rows) {
    List<TableRow> first = rows.rows().take(1);
    try {
      int vectorSize = FeatureRows.vectors(first.get(0), rows.columns()).size();
      return new FeatureCorpus(
          Corpus.of(rows, new FeatureRows(rows.columns(), vectorSize), options.format().unit()),
          vectorSize);
    } catch (BadExample e) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot read %s, row %d: %s",
              rows.names().get(0),
              first.get(0).place(),
              e.getMessage()),
          e);
    }
  }
}
