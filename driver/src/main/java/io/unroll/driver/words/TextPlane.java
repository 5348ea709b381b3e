package io.unroll.driver.words;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The plane in which vectors differ most: their first two principal components, by Spark ML. */
public final class TextPlane {
  private static final String VECTOR = "vector";
  private static final String PLACE = "place";

  private TextPlane() {}

  /**
   * Where vectors are in it.
   *
   * @param vectors at least three, of at least two numbers
   * @return two coordinates of each, about their mean
   */
  public static List<double[]> places(SparkSession spark, List<Float[]> vectors) {
    double[] mean = new double[vectors.get(0).length];
    for (Float[] vector : vectors) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += vector[j] / vectors.size();
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Float[] vector : vectors) {
      double[] centred = new double[mean.length];
      Arrays.setAll(centred, j -> vector[j] - mean[j]);
      rows.add(RowFactory.create(Vectors.dense(centred)));
    }
    var schema = new StructType().add(VECTOR, SQLDataTypes.VectorType(), false);
    Dataset<Row> table = spark.createDataFrame(rows, schema);
    var components = new PCA().setInputCol(VECTOR).setOutputCol(PLACE).setK(2).fit(table);
    return components.transform(table).select(PLACE).collectAsList().stream()
        .map(row -> row.<Vector>getAs(0).toArray())
        .toList();
  }
}
