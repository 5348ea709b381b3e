package io.unroll.driver.ml;

import io.unroll.dataprep.DataException;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.predict.Prediction;
import io.unroll.driver.predict.TextAnswer;
import io.unroll.driver.predict.TextModel;
import io.unroll.worker.decode.DecodingOptions;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A trained model as a stage of Spark ML: adds what it says of the texts of a column as further
 * columns, those of the command {@code predict}. With {@code output} {@value #ANSWER}:
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>a classifier</td><td>label, probability</td></tr>
 * <tr><td>a tagger</td><td>words, tags</td></tr>
 * <tr><td>an encoder-decoder</td><td>written, score</td></tr>
 * <tr><td>a language model</td><td>loss (nats per token), tokens</td></tr>
 * </table>
 *
 * <p>With {@value #STATE} it is {@code state}, a vector; with {@value #CONTINUATION} what a
 * language model of captions or sequences writes behind the text. Texts are asked about a thousand
 * at a time in each partition, so memory does not depend on how many there are.
 */
public final class UnrollModel extends Model<UnrollModel> implements MLWritable {
  private static final long serialVersionUID = 1L;

  /** What {@code predict} says. */
  public static final String ANSWER = "answer";

  /** What {@code predict --state} says. */
  public static final String STATE = "state";

  /** What {@code predict --continue} says. */
  public static final String CONTINUATION = "continuation";

  private final String uid;
  private final transient TrainedModel trained;
  private final Param<String> textCol;
  private final Param<String> output;
  private final IntParam beam;

  /**
   * A model of Unroll's.
   *
   * @param uri model directory, run directory or registry
   * @throws DataException if there is no model
   */
  public static UnrollModel of(String uri) {
    SparkSession spark = SparkSession.active();
    TrainedModel trained = TrainedModel.read(uri, spark.sparkContext().hadoopConfiguration());
    return new UnrollModel(Identifiable$.MODULE$.randomUID("unroll"), trained);
  }

  /** Spark asks for the id while parameters are made. */
  UnrollModel(String uid, TrainedModel trained) {
    this.uid = uid;
    this.trained = trained;
    this.textCol = new Param<>(this, "textCol", "name of the column with the texts");
    this.output =
        new Param<>(
            this,
            "output",
            "what is said of each text: %s, %s or %s".formatted(ANSWER, STATE, CONTINUATION));
    this.beam =
        new IntParam(
            this, "beam", "texts that are followed side by side, where texts are written; >= 1");
    setDefault(textCol, "text");
    setDefault(output, ANSWER);
    setDefault(beam, 1);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Name of the column with the texts. */
  public Param<String> textCol() {
    return textCol;
  }

  /** What is said of each text. */
  public Param<String> output() {
    return output;
  }

  /** Texts that are followed side by side. */
  public IntParam beam() {
    return beam;
  }

  /** Sets {@link #textCol}. */
  public UnrollModel setTextCol(String name) {
    set(textCol, name);
    return this;
  }

  /** Sets {@link #output}. */
  public UnrollModel setOutput(String what) {
    set(output, what);
    return this;
  }

  /** Sets {@link #beam}. */
  public UnrollModel setBeam(int width) {
    set(beam, width);
    return this;
  }

  TrainedModel trained() {
    return trained;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    // Its parameters are broadcast, and are removed with the last table that uses them.
    var prediction = new Prediction(dataset.sparkSession(), trained, what(), decoding());
    return prediction.table(dataset.toDF(), column());
  }

  private String column() {
    return getOrDefault(textCol);
  }

  private TextModel.Output what() {
    String name = getOrDefault(output);
    return Arrays.stream(TextModel.Output.values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid output: %s (expected %s, %s or %s)"
                        .formatted(name, ANSWER, STATE, CONTINUATION)));
  }

  private DecodingOptions decoding() {
    return DecodingOptions.beam((Integer) getOrDefault(beam));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    String column = column();
    if (!Arrays.asList(schema.fieldNames()).contains(column)
        || !schema.apply(column).dataType().equals(DataTypes.StringType)) {
      throw new IllegalArgumentException(
          "Invalid textCol: %s (expected a column of strings; there are %s)"
              .formatted(column, String.join(", ", schema.fieldNames())));
    }
    StructType extended = schema;
    for (TextAnswer.Column added : TextModel.of(trained, what(), decoding()).columns()) {
      if (Arrays.asList(schema.fieldNames()).contains(added.name())) {
        throw new IllegalArgumentException(
            "Cannot add the column %s: it is there (rename it first)".formatted(added.name()));
      }
      extended = extended.add(added.name(), added.type(), true);
    }
    return extended;
  }

  @Override
  public UnrollModel copy(ParamMap extra) {
    return copyValues(new UnrollModel(uid, trained), extra);
  }

  @Override
  public MLWriter write() {
    return new StoredModel.Writer(this);
  }

  /** For Spark, which loads the stages of pipelines so. */
  public static MLReader<UnrollModel> read() {
    return new StoredModel.Reader();
  }

  /**
   * Loads what {@link #save} has written.
   *
   * @throws DataException if it is damaged, or something else
   */
  public static UnrollModel load(String path) {
    return read().load(path);
  }
}
