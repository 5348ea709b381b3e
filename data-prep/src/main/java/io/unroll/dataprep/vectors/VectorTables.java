package io.unroll.dataprep.vectors;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.ExampleShape.Target;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.examples.ExampleCorpora;
import io.unroll.dataprep.examples.ExamplePreparation;
import io.unroll.dataprep.examples.ExampleSettings;
import io.unroll.dataprep.examples.ExampleTables;
import io.unroll.dataprep.examples.ExampleUris;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.table.Table;
import io.unroll.dataprep.table.TableFormat;
import io.unroll.dataprep.table.TableRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import scala.collection.Seq;

/** Tables of vectors with labels to a dataset of examples. Belongs to the Spark driver. */
public final class VectorTables {
  private final SparkSession spark;
  private final ExampleUris uris;
  private final Scaling scaling;
  private final ExampleSettings settings;
  private final ExampleTables tables;

  /**
   * @param format how they are read
   * @param settings whose target is found in the tables
   */
  public VectorTables(
      SparkSession spark,
      ExampleUris uris,
      TableFormat format,
      Scaling scaling,
      ExampleSettings settings) {
    this.spark = spark;
    this.uris = uris;
    this.scaling = scaling;
    this.settings = settings;
    this.tables = new ExampleTables(spark, format, VectorRows.roles());
  }

  /** Does all that {@link ExamplePreparation#run} does. */
  public PreparationSummary run() {
    try (var cluster = new Cluster(spark)) {
      Map<Split, Table> found = tables.open(cluster, uris);
      VectorShape shape = shape(found.get(Split.TRAIN));
      return new ExamplePreparation(spark, settings.with(shape.target()))
          .run(own -> corpora(own, found, shape));
    }
  }

  private ExampleCorpora corpora(Cluster cluster, Map<Split, Table> found, VectorShape shape) {
    return tables.corpora(
        cluster,
        found,
        settings,
        columns -> new VectorRows(columns, shape.size(), shape.target() == Target.TAGS, scaling),
        shape.size(),
        Optional.empty());
  }

  /** That of the first row that has numbers. */
  private static VectorShape shape(Table table) {
    List<TableRow> first =
        table.rows().filter(row -> !row.values().isNullAt(0) && size(row.values()) > 0).take(1);
    if (first.isEmpty()) {
      throw new DataException(
          "Cannot read %s: its column '%s' has no numbers in any row"
              .formatted(table.name(), table.columns().get(0)));
    }
    Row values = first.get(0).values();
    boolean tags = values.schema().apply(1).dataType() instanceof ArrayType;
    return new VectorShape(size(values), tags ? Target.TAGS : Target.LABEL);
  }

  /** Numbers of its first vector. */
  private static int size(Row values) {
    List<Object> elements = values.getList(0);
    if (elements.isEmpty()) {
      return 0;
    }
    return elements.get(0) instanceof Seq<?> vector ? vector.size() : elements.size();
  }
}
