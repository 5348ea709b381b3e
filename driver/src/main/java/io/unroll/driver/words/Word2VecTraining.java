package io.unroll.driver.words;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.DatasetKind;
import io.unroll.dataprep.dataset.ExampleRow;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.TokenRow;
import io.unroll.dataprep.dataset.Vocabulary;
import java.util.Arrays;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.feature.Word2Vec;
import org.apache.spark.ml.feature.Word2VecModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Trains vectors of words by Spark ML's Word2Vec, a skip-gram with hierarchical softmax, on the
 * training split of a dataset. Sentences are lines, captions or examples; special tokens are left
 * out. In one partition the same settings give the same vectors.
 */
public final class Word2VecTraining {
  private static final String WORDS = "words";
  private static final String VECTOR = "vector";

  private final SparkSession spark;
  private final Settings settings;

  /**
   * What Word2Vec wants to know.
   *
   * @param size numbers of a vector
   * @param window words before and after a word that it predicts, at most
   * @param epochs passes over the text
   * @param minCount words seen less often are left out
   * @param partitions that train by themselves and are averaged after each pass
   * @param learningRate at the beginning; it falls to 0
   * @param seed of the first vectors and of the windows
   */
  public record Settings(
      int size,
      int window,
      int epochs,
      int minCount,
      int partitions,
      double learningRate,
      long seed) {}

  /** Reads nothing yet. */
  public Word2VecTraining(SparkSession spark, Settings settings) {
    this.spark = spark;
    this.settings = settings;
  }

  /**
   * Trains.
   *
   * @throws DataException if the dataset has no training split, no tokens, or no word that is often
   *     enough
   */
  public Word2VecModel train(DatasetDirectory dataset) {
    spark.sparkContext().setJobDescription("verify the train split");
    dataset.verify(spark, Split.TRAIN);
    spark.sparkContext().setJobDescription("train vectors of words");
    Word2Vec word2Vec =
        new Word2Vec()
            .setInputCol(WORDS)
            .setOutputCol(VECTOR)
            .setVectorSize(settings.size())
            .setWindowSize(settings.window())
            .setMaxIter(settings.epochs())
            .setMinCount(settings.minCount())
            .setNumPartitions(settings.partitions())
            .setStepSize(settings.learningRate())
            .setSeed(settings.seed());
    try {
      return word2Vec.fit(sentences(dataset, word2Vec.getMaxSentenceLength()));
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "Cannot train vectors of words on %s: %s".formatted(dataset.uri(), e.getMessage()), e);
    }
  }

  /** A row for each sentence. */
  private Dataset<Row> sentences(DatasetDirectory dataset, int longest) {
    Vocabulary vocabulary = dataset.vocabulary();
    boolean whole = dataset.manifest().kind() != DatasetKind.STREAM;
    JavaRDD<Row> rows =
        tokens(dataset)
            .mapPartitions(tokens -> new Sentences(vocabulary, longest, whole, tokens))
            .map(sentence -> RowFactory.create((Object) sentence));
    StructType schema =
        new StructType().add(WORDS, DataTypes.createArrayType(DataTypes.StringType, false), false);
    return spark.createDataFrame(rows, schema);
  }

  private JavaRDD<int[]> tokens(DatasetDirectory dataset) {
    Dataset<Row> rows = ordered(dataset);
    return dataset
        .manifest()
        .examples()
        .map(shape -> ExampleRow.of(rows, shape).javaRDD().map(ExampleRow::getTokens))
        .orElseGet(
            () -> TokenRow.of(rows, dataset.manifest().kind()).javaRDD().map(TokenRow::getTokens));
  }

  /**
   * In the order of the columns that number them: lines go on from row to row of running text, and
   * stay whole in one partition.
   */
  private Dataset<Row> ordered(DatasetDirectory dataset) {
    Column[] numbers =
        Arrays.stream(dataset.manifest().schema().fields())
            .filter(field -> field.dataType().equals(DataTypes.LongType))
            .map(field -> functions.col(field.name()))
            .toArray(Column[]::new);
    Dataset<Row> rows = dataset.rows(spark, Split.TRAIN);
    Dataset<Row> placed = settings.partitions() == 1 ? rows.repartition(1) : rows;
    return placed.sortWithinPartitions(numbers);
  }
}
