package io.unroll.driver.predict;

import io.unroll.driver.model.TrainedModel;
import io.unroll.worker.decode.DecodingOptions;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.parallel.Cores;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Asks a model about texts, by Spark's tasks: a model for each task, a thousand texts at a time, so
 * that memory does not depend on how many there are. Answers come in the order of the texts.
 */
public final class Prediction implements AutoCloseable {
  /** Texts that are asked together. */
  private static final int TOGETHER = 1024;

  private final SparkSession spark;
  private final TextModel model;
  private final Broadcast<float[]> parameters;

  /**
   * Sends the model to the executors.
   *
   * @param decoding of a model that writes about texts: how it does
   */
  public Prediction(
      SparkSession spark, TrainedModel trained, TextModel.Output output, DecodingOptions decoding) {
    this.spark = spark;
    this.model = TextModel.of(trained, output, decoding);
    this.parameters =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(trained.parameters());
  }

  /** The answers to texts, as lines, in the partitions of the texts. */
  public JavaRDD<String> lines(JavaRDD<String> texts) {
    Asked asked = new Asked(model, parameters);
    return texts.mapPartitions(
        part -> answers(part, text -> text, asked, (text, answer) -> answer.line()));
  }

  /**
   * Hands over the answers to texts as lines, in order; some partitions are asked side by side.
   *
   * @param goesOn receives each line and says whether to go on
   */
  public void each(JavaRDD<String> texts, Predicate<String> goesOn) {
    InOrder.each(lines(texts), goesOn);
  }

  /**
   * A table with the answers as further columns, in the order of its rows.
   *
   * @param text name of the column with the texts, or with arrays of words, between which blanks
   *     are put; null is an empty text
   */
  public Dataset<Row> table(Dataset<Row> rows, String text) {
    Asked asked = new Asked(model, parameters);
    StructType schema = rows.schema();
    int column = schema.fieldIndex(text);
    StructType extended = schema;
    for (TextAnswer.Column added : model.columns()) {
      extended = extended.add(added.name(), added.type(), true);
    }
    JavaRDD<Row> answered =
        rows.javaRDD()
            .mapPartitions(
                part -> answers(part, row -> text(row, column), asked, Prediction::extended));
    return spark.createDataFrame(answered, extended);
  }

  private static String text(Row row, int column) {
    if (row.isNullAt(column)) {
      return "";
    }
    return row.get(column) instanceof String text
        ? text
        : String.join(" ", row.<String>getList(column));
  }

  private static Row extended(Row row, TextAnswer answer) {
    Object[] values = new Object[row.size() + answer.values().size()];
    for (int x = 0; x < row.size(); x++) {
      values[x] = row.get(x);
    }
    for (int x = 0; x < answer.values().size(); x++) {
      values[row.size() + x] = answer.values().get(x);
    }
    return RowFactory.create(values);
  }

  /** Says what becomes of a text and its answer. */
  @FunctionalInterface
  private interface Joined<T, R> extends Serializable {
    R of(T asked, TextAnswer answer);
  }

  /** Takes the text out of what is asked about. */
  @FunctionalInterface
  private interface TextOf<T> extends Serializable {
    String of(T asked);
  }

  /** The answers to a partition. */
  private static <T, R> Iterator<R> answers(
      Iterator<T> asked, TextOf<T> text, Asked model, Joined<T, R> joined) {
    Cores cores = Cores.of(TaskContext.get().cpus(), KernelChoice::fastest);
    TextModel.Ready ready = model.texts().ready(model.parameters().value(), cores);
    return new Batches<>(
        asked,
        TOGETHER,
        together -> {
          List<String> texts = together.stream().map(text::of).toList();
          List<TextAnswer> answers = cores.withThreads("prediction", () -> ready.answers(texts));
          return IntStream.range(0, texts.size())
              .mapToObj(x -> joined.of(together.get(x), answers.get(x)))
              .toList();
        });
  }

  /** A model, and where its parameters are. */
  private record Asked(TextModel texts, Broadcast<float[]> parameters) implements Serializable {}

  /** Hands over the answers to texts that lie in this process, in order, without Spark's tasks. */
  public void here(Iterator<String> texts, Consumer<TextAnswer> answers) {
    TextModel.Ready ready = model.ready(parameters.value(), Cores.one(KernelChoice.fastest()));
    new Batches<>(texts, TOGETHER, ready::answers).forEachRemaining(answers);
  }

  @Override
  public void close() {
    parameters.destroy();
  }
}
