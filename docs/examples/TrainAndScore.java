import io.unroll.driver.config.ConfigurationLoader;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.predict.Prediction;
import io.unroll.driver.predict.TextModel;
import io.unroll.driver.report.ProgressLog;
import io.unroll.driver.train.TrainingRun;
import io.unroll.worker.decode.DecodingOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Trains a model and asks it about the texts of a table, in one Spark application.
 *
 * <pre>
 * spark-submit --class TrainAndScore --jars unroll-driver-VERSION-app.jar example.jar DATA RUN TEXTS OUTPUT
 * </pre>
 *
 * DATA is a dataset that prep has made, RUN a new run directory or one that is to go on, TEXTS a
 * folder of Parquet with a column "text", OUTPUT a new folder for the same table with the answers.
 */
public final class TrainAndScore {
  private TrainAndScore() {}

  public static void main(String[] arguments) throws IOException {
    String run = arguments[1];
    try (SparkSession spark = SparkSession.builder().appName("train and score").getOrCreate()) {
      ConfigurationLoader settings = new ConfigurationLoader();
      settings.set("data", arguments[0], "the command line");
      settings.set("run", run, "the command line");
      settings.set("model.hidden", "64", "this program");
      settings.set("training.epochs", "2", "this program");
      PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
      ProgressLog log = new ProgressLog(err, Clock.systemDefaultZone(), 1);
      TrainingRun.run(spark, settings.load(), log, () -> false);

      TrainedModel model = TrainedModel.read(run, spark.sparkContext().hadoopConfiguration());
      Dataset<Row> texts = spark.read().parquet(arguments[2]);
      try (Prediction prediction =
          new Prediction(spark, model, TextModel.Output.ANSWER, DecodingOptions.greedy())) {
        prediction.table(texts, "text").write().parquet(arguments[3]);
      }
    }
  }
}
