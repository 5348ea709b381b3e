package io.unroll.driver.ml;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.driver.model.ModelExchange;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.predict.Prediction;
import io.unroll.driver.predict.TextAnswer;
import io.unroll.driver.predict.TextModel;
import io.unroll.worker.decode.DecodingOptions;
import io.unroll.worker.model.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
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
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * A trained model as a stage of Spark ML: adds what it says of the texts of a column as further
 * columns, those of the command {@code predict}. A column of arrays of words is a text too, with
 * blanks between them. With {@code output} {@value #ANSWER}:
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>a classifier</td><td>label, probability</td></tr>
 * <tr><td>a tagger</td><td>words, tags</td></tr>
 * <tr><td>an encoder-decoder</td><td>written, score</td></tr>
 * <tr><td>a language model</td><td>loss (nats per token), tokens</td></tr>
 * </table>
 *
 * <p>With {@value #PROBABILITIES} a classifier adds {@code label} and {@code probabilities}, a
 * vector in the order of {@link #labels}. With {@value #STATE} it is {@code state}, a vector; with
 * {@value #CONTINUATION} what a language model of captions or sequences writes behind the text.
 * Texts are asked about a thousand at a time in each partition, so memory does not depend on how
 * many there are.
 */
public final class UnrollModel extends Model<UnrollModel> implements MLWritable {
  private static final long serialVersionUID = 1L;

  /** What {@code predict} says. */
  public static final String ANSWER = "answer";

  /** The label, and the probabilities of all labels. */
  public static final String PROBABILITIES = "probabilities";

  /** What {@code predict --state} says. */
  public static final String STATE = "state";

  /** What {@code predict --continue} says. */
  public static final String CONTINUATION = "continuation";

  private static final String MODEL = "/model";

  private final String uid;
  private final transient TrainedModel trained;
  private final Param<String> textCol;
  private final Param<String> output;
  private final IntParam beam;
  private final Param<String> outputPrefix;

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

  /** Of nothing: Spark Connect asks for the name of the class by an object. */
  public UnrollModel() {
    this(Identifiable$.MODULE$.randomUID("unroll"), null);
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
            "what is said of each text: %s, %s, %s or %s"
                .formatted(ANSWER, PROBABILITIES, STATE, CONTINUATION));
    this.beam =
        new IntParam(
            this, "beam", "texts that are followed side by side, where texts are written; >= 1");
    this.outputPrefix =
        new Param<>(this, "outputPrefix", "put before the names of the columns that are added");
    setDefault(textCol, "text");
    setDefault(output, ANSWER);
    setDefault(beam, 1);
    setDefault(outputPrefix, "");
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

  /** Put before the names of the columns that are added. */
  public Param<String> outputPrefix() {
    return outputPrefix;
  }

  /** The labels or tags of a model that gives them, in the order of {@link #PROBABILITIES}. */
  public List<String> labels() {
    return trained.vocabularies().find(Column.LABELS).map(Vocabulary::tokens).orElse(List.of());
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

  /** Sets {@link #outputPrefix}. */
  public UnrollModel setOutputPrefix(String prefix) {
    set(outputPrefix, prefix);
    return this;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    // Its parameters are broadcast, and are removed with the last table that uses them.
    var prediction = new Prediction(dataset.sparkSession(), trained, what(), decoding());
    Dataset<Row> answered = prediction.table(dataset.toDF(), column());
    String[] names = Arrays.copyOf(dataset.columns(), answered.columns().length);
    List<TextAnswer.Column> added = added();
    for (int x = 0; x < added.size(); x++) {
      names[dataset.columns().length + x] = name(added.get(x));
    }
    Dataset<Row> table = answered.toDF(names);
    for (TextAnswer.Column each : added) {
      if (isVector(each)) {
        String name = name(each);
        table = table.withColumn(name, functions.array_to_vector(Columns.of(name)));
      }
    }
    return table;
  }

  private List<TextAnswer.Column> added() {
    return TextModel.of(trained, what(), decoding()).columns();
  }

  private String name(TextAnswer.Column added) {
    return getOrDefault(outputPrefix) + added.name();
  }

  /** What is an array of numbers in tables is a vector for the stages of Spark ML. */
  private boolean isVector(TextAnswer.Column added) {
    return (what() == TextModel.Output.STATE || what() == TextModel.Output.PROBABILITIES)
        && added.type() instanceof ArrayType;
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
                    "Invalid output: %s (expected %s, %s, %s or %s)"
                        .formatted(name, ANSWER, PROBABILITIES, STATE, CONTINUATION)));
  }

  private DecodingOptions decoding() {
    return DecodingOptions.beam((Integer) getOrDefault(beam));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.requireTexts(schema, textCol.name(), column());
    StructType extended = schema;
    for (TextAnswer.Column each : added()) {
      DataType type = isVector(each) ? SQLDataTypes.VectorType() : each.type();
      extended = Columns.with(extended, name(each), type);
    }
    return extended;
  }

  @Override
  public UnrollModel copy(ParamMap extra) {
    return copyValues(new UnrollModel(uid, trained), extra);
  }

  @Override
  public MLWriter write() {
    return new StoredStage.Writer(
        this,
        (context, path) ->
            new ModelExchange(context.hadoopConfiguration()).write(trained, path + MODEL, false));
  }

  /** For Spark, which loads the stages of pipelines so. */
  public static MLReader<UnrollModel> read() {
    return new StoredStage.Reader<>(UnrollModel.class, UnrollModel::stored);
  }

  private static UnrollModel stored(JavaSparkContext context, StoredStage.Stored stored) {
    Configuration hadoop = context.hadoopConfiguration();
    return new UnrollModel(stored.uid(), TrainedModel.read(stored.path() + MODEL, hadoop));
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
