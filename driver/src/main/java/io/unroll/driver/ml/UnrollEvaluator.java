package io.unroll.driver.ml;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;

import io.unroll.driver.metric.Bleu;
import io.unroll.driver.metric.BleuTokens;
import io.unroll.driver.metric.Chrf;
import io.unroll.driver.metric.Compared;
import io.unroll.driver.metric.SummedMeasure;
import java.util.List;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;

/**
 * Measures what models have added to a table, for the validators of Spark ML. {@code metricName} is
 *
 * <table>
 * <caption>Metrics</caption>
 * <tr><td>accuracy</td><td>share of the labels that are right, or of the tags of all words, 0 to 1</td></tr>
 * <tr><td>loss</td><td>of language models: mean loss in nats per token; less is better</td></tr>
 * <tr><td>bleu</td><td>of texts: {@link Bleu} with 13a tokens, 0 to 100</td></tr>
 * <tr><td>chrf</td><td>of texts: {@link Chrf}, 0 to 100</td></tr>
 * </table>
 */
public final class UnrollEvaluator extends Evaluator implements MLWritable {
  private static final long serialVersionUID = 1L;

  private static final String METRIC = "metricName";
  private static final String LABEL_COL = "labelCol";
  private static final String PREDICTION_COL = "predictionCol";
  private static final String TOKENS_COL = "tokensCol";
  private static final String LOSS = "loss";

  private final String uid;
  private final StageParams params;

  /** With an id of its own. */
  public UnrollEvaluator() {
    this(Identifiable$.MODULE$.randomUID("unrollEvaluator"));
  }

  /** With that id. */
  public UnrollEvaluator(String uid) {
    this.uid = uid;
    this.params = new StageParams(this);
    params.add(METRIC, "accuracy, loss, bleu or chrf", "accuracy");
    params.add(LABEL_COL, "name of the column with what would be right", "label");
    params.add(PREDICTION_COL, "name of the column that a model has added", "predicted_label");
    params.add(
        TOKENS_COL, "of loss: name of the column with the numbers of tokens", "predicted_tokens");
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Param<?>[] params() {
    return params.all().toArray(Param<?>[]::new);
  }

  /**
   * Sets a parameter.
   *
   * @throws java.util.NoSuchElementException if there is no such parameter
   */
  public UnrollEvaluator setParam(String name, Object value) {
    params.set(name, value);
    return this;
  }

  /**
   * The metric.
   *
   * @throws IllegalArgumentException if there is none of that name, or a column is missing
   */
  @Override
  public double evaluate(Dataset<?> dataset) {
    Dataset<Row> table = dataset.toDF();
    Columns.require(table.schema(), PREDICTION_COL, params.text(PREDICTION_COL));
    return switch (params.text(METRIC)) {
      case "accuracy" -> accuracy(table);
      case LOSS -> loss(table);
      case "bleu" -> summed(table, new Bleu(BleuTokens.MTEVAL_13A, false));
      case "chrf" -> summed(table, new Chrf(false));
      default ->
          throw new IllegalArgumentException(
              "Invalid metricName: %s (expected accuracy, loss, bleu or chrf)"
                  .formatted(params.text(METRIC)));
    };
  }

  private double accuracy(Dataset<Row> table) {
    Columns.require(table.schema(), LABEL_COL, params.text(LABEL_COL));
    boolean tags = table.schema().apply(params.text(LABEL_COL)).dataType() instanceof ArrayType;
    Dataset<Row> both =
        table.select(column(LABEL_COL).as("label"), column(PREDICTION_COL).as("prediction"));
    Dataset<Row> counts =
        tags
            ? both.select(
                expr("size(filter(zip_with(label, prediction, (l, p) -> l <=> p), same -> same))")
                    .as("right"),
                expr("size(label)").as("all"))
            : both.select(
                expr("int(string(label) <=> string(prediction))").as("right"), expr("1").as("all"));
    return number(counts.agg(sum("right").divide(sum("all"))));
  }

  private double loss(Dataset<Row> table) {
    Columns.require(table.schema(), TOKENS_COL, params.text(TOKENS_COL));
    Column tokens = column(TOKENS_COL);
    return number(table.agg(sum(column(PREDICTION_COL).multiply(tokens)).divide(sum(tokens))));
  }

  private static double number(Dataset<Row> one) {
    Row row = one.first();
    return row.isNullAt(0) ? Double.NaN : ((Number) row.get(0)).doubleValue();
  }

  private double summed(Dataset<Row> table, SummedMeasure measure) {
    Columns.require(table.schema(), LABEL_COL, params.text(LABEL_COL));
    long[] counts =
        table
            .select(column(PREDICTION_COL), column(LABEL_COL))
            .javaRDD()
            .map(row -> measure.summands(compared(row)))
            .reduce(UnrollEvaluator::plus);
    return measure.score(counts);
  }

  private static Compared compared(Row row) {
    String written = row.isNullAt(0) ? "" : row.getString(0);
    return new Compared(written, List.of(row.isNullAt(1) ? "" : row.getString(1)));
  }

  private static long[] plus(long[] left, long[] right) {
    long[] sum = left.clone();
    for (int x = 0; x < sum.length; x++) {
      sum[x] += right[x];
    }
    return sum;
  }

  private Column column(String parameter) {
    return Columns.of(params.text(parameter));
  }

  @Override
  public boolean isLargerBetter() {
    return !params.text(METRIC).equals(LOSS);
  }

  @Override
  public UnrollEvaluator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return new StoredStage.Writer(this, StoredStage.Content.NONE);
  }

  /** For Spark, which loads the parts of validators so. */
  public static MLReader<UnrollEvaluator> read() {
    return new StoredStage.Reader<>(
        UnrollEvaluator.class, (context, stored) -> new UnrollEvaluator(stored.uid()));
  }

  /** Loads what {@link #save} has written. */
  public static UnrollEvaluator load(String path) {
    return read().load(path);
  }
}
