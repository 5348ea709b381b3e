package io.unroll.matrix;

import io.unroll.driver.ml.TextClassifierEstimator;
import io.unroll.driver.ml.UnrollEvaluator;
import java.util.Arrays;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Cross-validates a pipeline and saves it, or reads it and writes what it says. Runs in a process
 * of its own, on the Spark to be tested.
 */
final class Stages {
  private Stages() {}

  public static void main(String[] arguments) throws Exception {
    SparkSession spark = SparkSession.builder().getOrCreate();
    Dataset<Row> reviews =
        spark.sql(
            """
            select if(id % 2 = 0, 'good', 'bad') as label,
                   concat('A ', if(id % 2 = 0, 'fine', 'foul'), ' day, number ', id % 9) as text
            from range(200)
            """);
    if (arguments[0].equals("fit")) {
      CrossValidatorModel fitted = validator().fit(reviews);
      System.out.println("accuracies " + Arrays.toString(fitted.avgMetrics()));
      ((PipelineModel) fitted.bestModel()).write().save(arguments[1]);
    } else {
      PipelineModel.load(arguments[1])
          .transform(reviews)
          .orderBy("text", "label")
          .coalesce(1)
          .write()
          .json(arguments[2]);
    }
    spark.stop();
  }

  private static CrossValidator validator() {
    TextClassifierEstimator classifier =
        new TextClassifierEstimator()
            .setParam("progress", false)
            .setParam("model.hidden", 16)
            .setParam("training.epochs", 4)
            .setParam("training.batch", 8);
    PipelineStage[] stages = {
      new SQLTransformer().setStatement("select lower(text) as text, label from __THIS__"),
      classifier
    };
    DoubleParam rate = (DoubleParam) classifier.getParam("optimizer.learning-rate");
    return new CrossValidator()
        .setEstimator(new Pipeline().setStages(stages))
        .setEvaluator(new UnrollEvaluator())
        .setEstimatorParamMaps(
            new ParamGridBuilder().addGrid(rate, new double[] {1e-9, 0.01}).build())
        .setNumFolds(2)
        .setSeed(3);
  }
}
