package io.unroll.driver.ml;

import io.unroll.dataprep.DataException;
import io.unroll.driver.config.ConfigurationException;
import io.unroll.driver.config.ConfigurationLoader;
import io.unroll.driver.config.DataKind;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.config.Settings;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.predict.AnswerColumns;
import io.unroll.driver.predict.TextAnswer;
import io.unroll.driver.report.ProgressLog;
import io.unroll.driver.round.DivergedException;
import io.unroll.driver.train.TrainingRun;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a model on a table, as a stage of Spark ML. It does what {@code prep --format table} and
 * {@code train} do one after the other, and the parameters of the model are the same to the bit:
 * rows are put in order by what is in them, so neither their order nor their partitions matter.
 *
 * <p>Its parameters are the names of columns, such as {@code textCol}; options of {@code prep},
 * such as {@code min-count}; and the settings of {@code train} by their names, such as {@code
 * training.epochs}. {@link #setParam} sets any of them, {@code getParam} gives them to a grid, and
 * {@code explainParams} lists them.
 *
 * @param <E> the estimator itself
 */
public abstract class UnrollEstimator<E extends UnrollEstimator<E>> extends Estimator<UnrollModel>
    implements MLWritable {
  private static final long serialVersionUID = 1L;

  private static final String VALIDATION_COL = "validationCol";
  private static final String DIRECTORY = "directory";
  private static final String OUTPUT_PREFIX = "outputPrefix";
  private static final String PROGRESS = "progress";

  private final String uid;
  private final Roles roles;
  private final AnswerColumns answers;
  private final StageParams params;

  /**
   * Spark asks for the id while parameters are made.
   *
   * @param roles what is in the columns, the texts that a model is asked about first
   * @param answers what its models add
   */
  UnrollEstimator(String uid, DataKind kind, List<String> roles, AnswerColumns answers) {
    this.uid = uid;
    this.roles = new Roles(roles);
    this.answers = answers;
    this.params = new StageParams(this);
    this.roles.addTo(params);
    params.add(
        VALIDATION_COL,
        "name of a column of booleans: rows where it is true are for validation; empty: "
            + Preparing.VALID_FRACTION,
        "");
    params.add(
        DIRECTORY,
        "folder that all executors reach, for the dataset and the run of each fit; empty: a"
            + " temporary one, with a local master",
        "");
    params.add(
        OUTPUT_PREFIX, "put before the names of the columns that the model adds", "predicted_");
    params.add(PROGRESS, "whether progress and samples go to standard error", true);
    Preparing.addTo(params);
    params.addSettings(kind);
  }

  @Override
  public final String uid() {
    return uid;
  }

  @Override
  public final Param<?>[] params() {
    return params.all().toArray(Param<?>[]::new);
  }

  /**
   * Sets a parameter.
   *
   * @param name of a column's parameter, an option of {@code prep}, or a setting of {@code train}
   * @param value of its type, or a text that stands for one as on the command line
   * @throws java.util.NoSuchElementException if there is no such parameter
   * @throws IllegalArgumentException if it cannot have that value
   */
  public final E setParam(String name, Object value) {
    params.set(name, value);
    return self();
  }

  @SuppressWarnings("unchecked") // by the type's own declaration
  private E self() {
    return (E) this;
  }

  final StageParams stageParams() {
    return params;
  }

  /** Makes the dataset. */
  abstract void prepare(Preparing preparing);

  /**
   * Prepares a dataset of the table, and trains a model on it.
   *
   * @throws DataException if the table cannot be used
   * @throws ConfigurationException if the settings cannot be used
   * @throws DivergedException if the loss is no longer a finite number, or explodes
   */
  @Override
  public final UnrollModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    SparkSession spark = dataset.sparkSession();
    try (FitFolder folder = FitFolder.of(spark, params.text(DIRECTORY), uid);
        StagedTables tables =
            StagedTables.of(dataset, columns(), params.text(VALIDATION_COL), folder.tables())) {
      prepare(new Preparing(spark, tables.views(), columns(), folder.dataset(), params));
      RunConfiguration configuration = configuration(folder);
      TrainingRun.run(spark, configuration, progress(), () -> false);
      TrainedModel trained =
          TrainedModel.read(folder.run(), spark.sparkContext().hadoopConfiguration());
      return model(trained);
    }
  }

  private UnrollModel model(TrainedModel trained) {
    UnrollModel model =
        new UnrollModel(uid, trained)
            .setTextCol(roles.column(params, roles.first()))
            .setOutputPrefix(params.text(OUTPUT_PREFIX));
    model.setParent(this);
    return model;
  }

  private Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    roles.all().forEach(role -> columns.put(role, roles.column(params, role)));
    return columns;
  }

  private RunConfiguration configuration(FitFolder folder) {
    ConfigurationLoader settings = new ConfigurationLoader();
    settings.set(RunConfiguration.DATA.key(), folder.dataset(), DIRECTORY);
    settings.set(RunConfiguration.RUN.key(), folder.run(), DIRECTORY);
    for (Param<?> each : params.all()) {
      if (isSet(each) && Settings.find(each.name()).isPresent()) {
        settings.set(each.name(), params.text(each.name()), uid);
      }
    }
    return settings.load();
  }

  private ProgressLog progress() {
    return params.isOn(PROGRESS)
        ? new ProgressLog(
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            Clock.system(ZoneId.systemDefault()),
            1)
        : ProgressLog.silent();
  }

  @Override
  public final StructType transformSchema(StructType schema) {
    columns().forEach((role, name) -> Columns.require(schema, Roles.parameter(role), name));
    String validation = params.text(VALIDATION_COL);
    if (!validation.isEmpty()) {
      Columns.requireSwitch(schema, VALIDATION_COL, validation);
    }
    StructType extended = schema;
    for (TextAnswer.Column added : answers.columns()) {
      extended = Columns.with(extended, params.text(OUTPUT_PREFIX) + added.name(), added.type());
    }
    return extended;
  }

  @Override
  public final E copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public final MLWriter write() {
    return new StoredStage.Writer(this, StoredStage.Content.NONE);
  }
}
