package io.unroll.driver.cli;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.summary.Count;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.predict.PredictedTable;
import io.unroll.driver.predict.Prediction;
import io.unroll.driver.predict.TextAnswer;
import io.unroll.driver.predict.TextModel;
import io.unroll.driver.report.ProgressLog;
import io.unroll.driver.report.TextMap;
import io.unroll.driver.words.TextPlane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws texts by the vectors that a model makes of them. */
@Command(
    name = "map",
    description =
        "Draws texts on a plane by what a model makes of them, near each other where the model"
            + " takes them alike: the state of a language model after each text, or the summary"
            + " that a decoder is told, in the two directions in which they differ most (principal"
            + " components).",
    sortOptions = false)
final class MapCommand implements Callable<Integer> {
  private static final int FEWEST = 3;
  private static final int MOST = 2_000;

  @Mixin private ModelOptions modelOptions;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "URI",
      description = "file, folder or glob with a text in each line")
  private String input;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "500",
      description = "draws the first N texts (default: ${DEFAULT-VALUE})")
  private int most;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description = "file for the picture (SVG)")
  private String output;

  @Mixin private SparkOptions sparkOptions;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (most < FEWEST || most > MOST) {
      throw new UsageException(
          "Invalid --most: " + most + " (expected " + FEWEST + " to " + MOST + ")");
    }
    ProgressLog log = quiet.progress(spec.commandLine().getErr());
    try (SparkSession spark = sparkOptions.open("map " + modelOptions.uri())) {
      int drawn = JobProgress.during(() -> draw(spark), spark.sparkContext(), log);
      result.print(
          List.of(Printable.line("%s: %s".formatted(output, Count.of(drawn, "text")))),
          object ->
              object
                  .put("model", modelOptions.uri())
                  .put("input", input)
                  .put("output", output)
                  .put("texts", drawn));
      return ExitCode.DONE.code();
    }
  }

  private int draw(SparkSession spark) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    PredictedTable.requireInput(spark, input);
    List<String> texts =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .textFile(input)
            .filter(text -> !text.isBlank())
            .take(most);
    List<TextAnswer> answers = answers(spark, modelOptions.read(hadoop), texts);
    List<String> drawn = new ArrayList<>();
    List<Float[]> states = new ArrayList<>();
    for (int x = 0; x < texts.size(); x++) {
      if (answers.get(x).values().get(0) instanceof Float[] state) {
        drawn.add(texts.get(x));
        states.add(state);
      }
    }
    if (drawn.size() < FEWEST) {
      throw new DataException(
          "Cannot draw %s: it has %s that the model reads (expected at least %s)"
              .formatted(input, Count.of(drawn.size(), "text"), Integer.toString(FEWEST)));
    }
    write(new TextMap(drawn, TextPlane.places(spark, states)), hadoop);
    return drawn.size();
  }

  private static List<TextAnswer> answers(
      SparkSession spark, TrainedModel model, List<String> texts) {
    List<TextAnswer> answers = new ArrayList<>();
    try (Prediction prediction =
        new Prediction(spark, model, TextModel.Output.STATE, DecodingOption.LIKELIEST)) {
      prediction.here(texts.iterator(), answers::add);
    }
    return answers;
  }

  private void write(TextMap map, Configuration hadoop) {
    OutputFile.write(output, map.toSvg(), hadoop);
  }
}
