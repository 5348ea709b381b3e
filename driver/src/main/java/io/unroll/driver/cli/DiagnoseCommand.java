package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.diagnose.GradientDiagnosis;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.report.DiagnosedModel;
import io.unroll.driver.report.GradientPage;
import io.unroll.driver.report.MetricsJson;
import io.unroll.driver.report.ProgressLog;
import io.unroll.driver.run.RunDirectory;
import io.unroll.driver.run.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows how gradients go back through a model. */
@Command(
    name = "diagnose",
    description =
        "Shows whether gradients vanish or explode in a model: the norm of the gradient of the loss"
            + " of a sequence's last step by the state of each layer, over the steps before; how"
            + " many gates are saturated; and how many steps of its run were clipped.",
    sortOptions = false)
final class DiagnoseCommand implements Callable<Integer> {
  @Mixin private ModelOptions modelOptions;

  @Option(
      names = "--beside",
      paramLabel = "URI",
      description = "another model of the same dataset, to be compared")
  private String beside;

  @Option(names = "--data", required = true, paramLabel = "URI", description = "dataset directory")
  private String data;

  @Mixin private SplitOption splitOption;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "50",
      description = "steps before the loss to look at (default: ${DEFAULT-VALUE})")
  private int steps;

  @Option(
      names = "--sequences",
      paramLabel = "N",
      defaultValue = "128",
      description =
          "stretches of text, captions or examples, evenly over the split (default:"
              + " ${DEFAULT-VALUE})")
  private int sequences;

  @Option(
      names = "--output",
      paramLabel = "URI",
      description = "HTML file with the charts to write; replaced if it is there")
  private String output;

  @Mixin private SparkOptions sparkOptions;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    splitOption.check();
    OptionValues.requireAtLeastOne(spec, "--steps", steps);
    OptionValues.requireAtLeastOne(spec, "--sequences", sequences);
    ProgressLog log = quiet.progress(spec.commandLine().getErr());
    try (SparkSession spark = sparkOptions.open("diagnose " + modelOptions.uri())) {
      Configuration hadoop = spark.sparkContext().hadoopConfiguration();
      TrainedModel model = modelOptions.read(hadoop);
      DatasetDirectory dataset = DatasetDirectory.open(data, hadoop);
      Split split = splitOption.of(dataset, data);
      GradientDiagnosis diagnosis = new GradientDiagnosis(spark, dataset, split, sequences, steps);
      List<DiagnosedModel> found =
          JobProgress.during(() -> diagnose(diagnosis, model, hadoop), spark.sparkContext(), log);
      write(found, split, hadoop);
      print(found, split);
      return ExitCode.DONE.code();
    }
  }

  private List<DiagnosedModel> diagnose(
      GradientDiagnosis diagnosis, TrainedModel model, Configuration hadoop) {
    List<DiagnosedModel> found = new ArrayList<>();
    found.add(
        new DiagnosedModel(
            modelOptions.uri(), diagnosis.of(model), clipped(modelOptions.uri(), hadoop)));
    if (beside != null) {
      TrainedModel other = TrainedModel.read(beside, hadoop);
      found.add(new DiagnosedModel(beside, diagnosis.of(other), clipped(beside, hadoop)));
    }
    return found;
  }

  /** Of the run at a place, if there is one. */
  private static OptionalDouble clipped(String uri, Configuration hadoop) {
    try (Storage place = Storage.open(uri, hadoop)) {
      return place.exists(RunDirectory.METRICS)
          ? DiagnosedModel.clippedShare(
              place.read(
                  RunDirectory.METRICS,
                  (in, length) -> MetricsJson.read(in, place.uri(RunDirectory.METRICS))))
          : OptionalDouble.empty();
    }
  }

  private void write(List<DiagnosedModel> found, Split split, Configuration hadoop) {
    if (output == null) {
      return;
    }
    String summary =
        String.format(
            Locale.ROOT,
            "At most %d sequences of the %s split of %s, %d steps back from the loss of the last step",
            sequences,
            split.label(),
            data,
            steps);
    OutputFile.write(output, GradientPage.html(found, summary), hadoop);
  }

  private void print(List<DiagnosedModel> found, Split split) {
    result.print(
        List.of(Printable.text(DiagnosisText.of(found))),
        object -> {
          object.put("model", modelOptions.uri()).put("beside", beside).put("data", data);
          object.put("split", split.label()).put("steps", steps).put("sequences", sequences);
          object.put("output", output);
          ArrayNode models = object.putArray("models");
          found.forEach(model -> DiagnosisText.put(model, models.addObject()));
        });
  }
}
