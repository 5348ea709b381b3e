package io.unroll.driver.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.process.CommandProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Training as a stage of Spark ML. */
class EstimatorsIT {
  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate();
  }

  @AfterAll
  static void close() {
    spark.stop();
  }

  /** Labels that the words decide about. */
  private static Dataset<Row> reviews() {
    return spark.sql(
        """
        select if(id % 2 = 0, 'good', 'bad') as label,
               concat_ws(' ', if(id % 2 = 0, 'fine', 'foul'), 'day', id % 7, 'ends') as text,
               id % 5 = 0 as held
        from range(120)
        """);
  }

  private static <E extends UnrollEstimator<E>> E small(E estimator) {
    return estimator
        .setParam("progress", false)
        .setParam("model.hidden", 8)
        .setParam("model.embedding", 4)
        .setParam("training.epochs", 3)
        .setParam("training.batch", 8)
        .setParam("optimizer.learning-rate", "0.02");
  }

  private static TextClassifierEstimator classifier() {
    return small(new TextClassifierEstimator());
  }

  private static List<String> answers(Dataset<Row> table) {
    return table.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  @Test
  void theBytesAreThoseOfTheCommandLine() throws Exception {
    // One lane, whatever session there is: train has one for all cores of a machine.
    UnrollModel model =
        classifier()
            .setParam("validationCol", "held")
            .setParam("averaging.lanes", 1)
            .fit(reviews().repartition(3));
    for (String rows : List.of("not held", "held")) {
      reviews()
          .filter(rows)
          .select("label", "text")
          .orderBy("label", "text")
          .coalesce(1)
          .write()
          .parquet(folder.resolve(rows).toString());
    }
    command(
        "prep",
        "lines",
        "--format=parquet",
        "--input=" + folder.resolve("not held"),
        "--valid-input=" + folder.resolve("held"),
        "--output=" + folder.resolve("data"));
    command(
        "train",
        "--data=" + folder.resolve("data"),
        "--run=" + folder.resolve("run"),
        "--training.epochs=3",
        "--training.batch=8",
        "--optimizer.learning-rate=0.02",
        "--averaging.lanes=1",
        "--model.hidden=8",
        "--model.embedding=4");
    TrainedModel expected =
        TrainedModel.read(
            folder.resolve("run").toUri().toString(), spark.sparkContext().hadoopConfiguration());
    assertArrayEquals(expected.parameters(), parameters(model));
    assertEquals(List.of("bad", "good"), model.labels());
  }

  private float[] parameters(UnrollModel model) throws IOException {
    String place = folder.resolve(model.uid()).toUri().toString();
    model.write().overwrite().save(place);
    return TrainedModel.read(place + "/model", spark.sparkContext().hadoopConfiguration())
        .parameters();
  }

  private void command(String command, String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(CommandProcess.java("--add-modules=jdk.incubator.vector"));
    all.addAll(List.of("io.unroll.driver.cli.Unroll", command));
    all.addAll(List.of(words));
    all.add("--master=local[2]");
    CommandProcess.start(folder.resolve(command + ".log"), Map.of(), all).await(0);
  }

  @Test
  void crossValidationFindsWhatLearnsAndIsSavedAndLoaded() throws Exception {
    TextClassifierEstimator classifier = classifier();
    DoubleParam rate = (DoubleParam) classifier.getParam("optimizer.learning-rate");
    CrossValidator validator =
        new CrossValidator()
            .setEstimator(classifier)
            .setEvaluator(new UnrollEvaluator())
            .setEstimatorParamMaps(
                new ParamGridBuilder().addGrid(rate, new double[] {1e-9, 0.02}).build())
            .setNumFolds(2)
            .setSeed(5);
    String unfitted = folder.resolve("validator").toString();
    validator.write().save(unfitted);
    CrossValidatorModel fitted = CrossValidator.load(unfitted).fit(reviews());
    double[] accuracies = fitted.avgMetrics();
    assertEquals(1, accuracies[1], Arrays.toString(accuracies));
    assertTrue(accuracies[0] < 0.9, Arrays.toString(accuracies));
    String place = folder.resolve("fitted").toString();
    fitted.write().save(place);
    CrossValidatorModel loaded = CrossValidatorModel.load(place);
    assertEquals(answers(fitted.transform(reviews())), answers(loaded.transform(reviews())));
  }

  @Test
  void statesAndProbabilitiesAreVectorsForTheNextStage() throws Exception {
    UnrollModel labels = classifier().fit(reviews());
    UnrollModel probabilities =
        labels.copy(new ParamMap().put(labels.output(), UnrollModel.PROBABILITIES));
    Dataset<Row> answered = probabilities.transform(reviews());
    assertEquals(probabilities.transformSchema(reviews().schema()), answered.schema());
    Vector first = answered.select("predicted_probabilities").first().getAs(0);
    assertEquals(1, first.apply(0) + first.apply(1), 1e-6);

    UnrollModel states =
        small(new LanguageModelEstimator()).fit(reviews()).setOutput(UnrollModel.STATE);
    PipelineStage[] stages = {
      states,
      new StringIndexer().setInputCol("label").setOutputCol("index"),
      new LogisticRegression().setFeaturesCol("predicted_state").setLabelCol("index")
    };
    PipelineModel fitted = new Pipeline().setStages(stages).fit(reviews());
    assertEquals(120, fitted.transform(reviews()).filter("prediction = index").count());
  }

  @Test
  void everyTaskIsAStageOfPipelinesThatAreSavedAndLoaded() throws Exception {
    Dataset<Row> words =
        reviews()
            .selectExpr(
                "text",
                "split(text, ' ') as words",
                "transform(split(text, ' '), w -> upper(w)) as tags",
                "text as source",
                "reverse(text) as target");
    PipelineStage[] stages = {
      small(new TaggerEstimator()).setParam("outputPrefix", "tagger_"),
      small(new TranslatorEstimator())
          .setParam("tokenizer", "word")
          .setParam("model.encoder-hidden", 8),
      small(new LanguageModelEstimator()).setParam("tokenizer", "word")
    };
    String unfitted = folder.resolve("unfitted").toString();
    new Pipeline().setStages(stages).write().save(unfitted);
    PipelineModel fitted = Pipeline.load(unfitted).fit(words);
    Dataset<Row> answered = fitted.transform(words);
    assertEquals(
        List.of(
            "tagger_words",
            "tagger_tags",
            "predicted_written",
            "predicted_score",
            "predicted_loss",
            "predicted_tokens"),
        Arrays.asList(answered.columns()).subList(5, 11));
    String place = folder.resolve("pipeline").toString();
    fitted.write().save(place);
    assertEquals(answers(answered), answers(PipelineModel.load(place).transform(words)));

    UnrollEvaluator evaluator = new UnrollEvaluator();
    evaluator.setParam("labelCol", "tags").setParam("predictionCol", "tagger_tags");
    long right = 0;
    for (Row row : answered.select("tags", "tagger_tags").collectAsList()) {
      for (int word = 0; word < 4; word++) {
        right += row.getList(0).get(word).equals(row.getList(1).get(word)) ? 1 : 0;
      }
    }
    assertTrue(right > 240, right + " of 480 tags");
    assertEquals(right / 480.0, evaluator.evaluate(answered), 1e-12);
    evaluator.setParam("metricName", "loss").setParam("predictionCol", "predicted_loss");
    assertFalse(evaluator.isLargerBetter());
    Row sums =
        answered
            .selectExpr("sum(predicted_loss * predicted_tokens) / sum(predicted_tokens)")
            .first();
    assertEquals(sums.getDouble(0), evaluator.evaluate(answered), 1e-12);
    evaluator
        .setParam("metricName", "bleu")
        .setParam("labelCol", "target")
        .setParam("predictionCol", "target");
    assertEquals(100, evaluator.evaluate(answered), 1e-9);
    evaluator.setParam("metricName", "chrf").setParam("predictionCol", "predicted_written");
    assertTrue(evaluator.evaluate(answered) < 100);
  }

  @Test
  void explainsItsParametersAndRefusesWhatTheyCannotBe() throws Exception {
    TextClassifierEstimator classifier = classifier();
    String explained = classifier.explainParams();
    for (String part :
        List.of(
            "textCol: name of the column with the text (default: text)",
            "training.epochs: ",
            "current: 3)",
            "min-count: tokens seen less often in training become <unk> (default: 1)")) {
      assertTrue(explained.contains(part), explained);
    }
    assertFalse(explained.contains("training.window"), "it has no effect on labelled examples");
    assertThrows(NoSuchElementException.class, () -> classifier.setParam("training.epoch", 1));
    refused(() -> classifier.setParam("training.batch", 0), "Invalid training.batch: 0");
    refused(() -> classifier.setParam("min-count", "few"), "Invalid min-count: few");
    refused(
        () -> classifier.copy(new ParamMap()).setParam("labelCol", "stars").fit(reviews()),
        "Invalid labelCol: stars (expected a column of that table; there are label, text, held)");
    refused(
        () -> classifier.copy(new ParamMap()).setParam("validationCol", "text").fit(reviews()),
        "Invalid validationCol: text (expected a column of booleans");
    refused(
        () -> classifier.copy(new ParamMap()).setParam("outputPrefix", "").fit(reviews()),
        "Cannot add the column label: it is there");
    assertEquals(0, spark.catalog().listTables().count(), "views that were left");
  }

  @Test
  void nothingIsLeftInItsDirectory() throws Exception {
    Path own = Files.createDirectory(folder.resolve("own"));
    classifier()
        .setParam("directory", own.toUri().toString())
        .setParam("training.epochs", 1)
        .fit(reviews());
    try (Stream<Path> left = Files.list(own)) {
      assertEquals(0, left.count());
    }
  }

  private static void refused(Executable action, String message) {
    RuntimeException refusal = assertThrows(RuntimeException.class, action);
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }
}
