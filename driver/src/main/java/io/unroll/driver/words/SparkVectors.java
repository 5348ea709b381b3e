package io.unroll.driver.words;

import io.unroll.dataprep.DataException;
import io.unroll.driver.run.Storage;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.feature.Word2VecModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The vectors of a Spark ML model, which {@link Word2VecTraining} or any program has trained. */
public final class SparkVectors {
  private static final String METADATA = "metadata";

  private SparkVectors() {}

  /**
   * Reads a model.
   *
   * @throws DataException if there is none, or one of another kind
   */
  public static WordVectors read(String uri, SparkSession spark) {
    try (Storage storage = Storage.open(uri, spark.sparkContext().hadoopConfiguration())) {
      if (storage.entry("").isEmpty()) {
        throw new DataException("Cannot read %s: it does not exist".formatted(uri));
      }
      if (!storage.exists(METADATA)) {
        throw new DataException(
            "Cannot read %s: it has no folder %s, so it is no model of Spark ML (expected what 'unroll word2vec' writes; a model of Unroll's is given by --model)"
                .formatted(uri, METADATA));
      }
    }
    try {
      return of(Word2VecModel.load(uri), uri);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "Cannot read %s: it is no Word2VecModel of Spark ML: %s".formatted(uri, e.getMessage()),
          e);
    }
  }

  /**
   * Those of a model.
   *
   * @param place where it is, for messages
   */
  public static WordVectors of(Word2VecModel model, String place) {
    int size = model.getVectorSize();
    List<Row> rows = model.getVectors().collectAsList();
    List<String> words = new ArrayList<>(rows.size());
    float[] values = new float[Math.multiplyExact(rows.size(), size)];
    for (Row row : rows) {
      double[] vector = row.<Vector>getAs("vector").toArray();
      for (int x = 0; x < size; x++) {
        values[words.size() * size + x] = (float) vector[x];
      }
      words.add(row.getAs("word"));
    }
    boolean lowerCase =
        words.stream().noneMatch(word -> word.codePoints().anyMatch(Character::isUpperCase));
    return new WordVectors(place, words, lowerCase, values);
  }
}
