import io.unroll.driver.ml.{TextClassifierEstimator, UnrollEvaluator}
import org.apache.spark.ml.{Pipeline, PipelineModel, PipelineStage}
import org.apache.spark.ml.feature.SQLTransformer
import org.apache.spark.sql.SparkSession

/** Trains a classifier on a table as a stage of a pipeline, and saves it.
  *
  * {{{
  * spark-submit --class TrainInScala --jars unroll-driver-VERSION-app.jar example.jar TEXTS MODEL OUTPUT
  * }}}
  *
  * TEXTS is a folder of Parquet with the columns "text" and "label", MODEL a new folder for the model, OUTPUT a new
  * folder for the rows that it was not trained on with the answers of the model that was read from there.
  */
object TrainInScala {
  def main(arguments: Array[String]): Unit = {
    val Array(texts, model, output) = arguments
    val spark = SparkSession.builder().appName("train").getOrCreate()
    val Array(train, test) = spark.read.parquet(texts).randomSplit(Array(0.8, 0.2), seed = 1)

    val tidied = new SQLTransformer().setStatement("select lower(text) as text, label from __THIS__")
    val classifier = new TextClassifierEstimator()
      .setParam("model.hidden", 32)
      .setParam("model.embedding", 16)
      .setParam("training.epochs", 5)
      .setParam("training.batch", 8)
      .setParam("optimizer.learning-rate", 0.01)
    val fitted = new Pipeline().setStages(Array[PipelineStage](tidied, classifier)).fit(train)

    fitted.write.overwrite().save(model)
    val answered = PipelineModel.load(model).transform(test)
    println(s"accuracy ${new UnrollEvaluator().evaluate(answered)}")
    answered.write.parquet(output)
    spark.stop()
  }
}
