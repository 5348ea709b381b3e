package io.unroll.driver.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.model.SmallModel;
import io.unroll.driver.process.CommandProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model as a stage of Spark ML. */
class UnrollModelIT {
  @TempDir private Path folder;

  private static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", false)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", 2)
        .getOrCreate();
  }

  private UnrollModel model() throws Exception {
    Path small = SmallModel.write(folder.resolve("small"), SmallModel.parameters());
    return UnrollModel.of(small.toUri().toString());
  }

  private static Dataset<Row> texts(SparkSession spark) {
    return spark.sql("select id, repeat('ab', int(id)) as words from range(1, 50)");
  }

  private static List<String> rows(Dataset<Row> table) {
    return table.orderBy("id").collectAsList().stream().map(Row::toString).toList();
  }

  @Test
  void addsItsAnswersAndIsCopiedWithItsWeights() throws Exception {
    try (SparkSession spark = session()) {
      UnrollModel model = model().setTextCol("words");
      Dataset<Row> answered = model.transform(texts(spark));
      assertEquals(model.transformSchema(texts(spark).schema()), answered.schema());
      assertEquals(List.of("id", "words", "loss", "tokens"), Arrays.asList(answered.columns()));
      assertEquals(49, answered.filter("tokens = 2 * id + 1 and loss > 0").count());
      UnrollModel copy = model.copy(new ParamMap());
      assertEquals(model.uid(), copy.uid());
      assertEquals(rows(answered), rows(copy.transform(texts(spark))));
      UnrollModel states = model.copy(new ParamMap().put(model.output(), UnrollModel.STATE));
      Vector state = states.transform(texts(spark)).first().getAs(2);
      assertEquals(4, state.size());
      String explained = model.explainParams();
      assertTrue(
          explained.contains(
              "textCol: name of the column with the texts (default: text, current: words)"),
          explained);
      assertTrue(explained.contains("beam: "), explained);
    }
  }

  @Test
  void isAStageOfPipelinesThatAreSavedAndLoaded() throws Exception {
    try (SparkSession spark = session()) {
      Transformer lower =
          new SQLTransformer().setStatement("select id, words as text from __THIS__");
      PipelineStage[] stages = {lower, model().setBeam(3)};
      PipelineModel fitted = new Pipeline().setStages(stages).fit(texts(spark));
      String place = folder.resolve("pipeline").toString();
      fitted.write().overwrite().save(place);
      fitted.write().overwrite().save(place);
      PipelineModel loaded = PipelineModel.load(place);
      assertEquals(rows(fitted.transform(texts(spark))), rows(loaded.transform(texts(spark))));
      UnrollModel stage = (UnrollModel) loaded.stages()[1];
      assertEquals(3, stage.getOrDefault(stage.beam()));
      assertEquals(stages[1].uid(), stage.uid());
      assertEquals("text", stage.getOrDefault(stage.textCol()));
    }
  }

  /** Two partitions of half a million: what is held is the texts that are asked together. */
  @Test
  void aMillionRowsNeedNoMoreMemoryThanAThousand() throws Exception {
    Path small = SmallModel.write(folder.resolve("small"), SmallModel.parameters());
    List<String> words =
        new ArrayList<>(
            CommandProcess.java(
                "-Xmx512m",
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.driver.bindAddress=127.0.0.1"));
    words.add(MillionRows.class.getName());
    words.addAll(List.of(small.toUri().toString(), folder.resolve("answers").toString()));
    CommandProcess.start(folder.resolve("program.log"), Map.of(), words).await(0);
    try (SparkSession spark = session()) {
      Dataset<Row> answers = spark.read().parquet(folder.resolve("answers").toString());
      assertEquals(1_000_000, answers.filter("tokens = length(text) + 1 and loss > 0").count());
    }
  }

  @Test
  void refusesColumnsAndOutputsThatAreNot() throws Exception {
    try (SparkSession spark = session()) {
      UnrollModel model = model();
      refused(
          () -> model.transform(texts(spark)),
          "Invalid textCol: text (expected a column of strings, or of arrays of strings; there are id, words)");
      refused(() -> model.setTextCol("id").transform(texts(spark)), "Invalid textCol: id");
      model.setTextCol("words");
      refused(
          () -> model.setOutput("all").transform(texts(spark)),
          "Invalid output: all (expected answer, probabilities, state or continuation)");
      model.setOutput(UnrollModel.ANSWER);
      Dataset<Row> twice = model.transform(texts(spark));
      refused(() -> model.transform(twice), "Cannot add the column loss: it is there");
      refused(() -> model.setBeam(0).transform(texts(spark)), "Invalid --beam: 0");
    }
  }

  private interface Action {
    void run();
  }

  private static void refused(Action action, String message) {
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, action::run);
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }
}
