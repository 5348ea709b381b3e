package io.unroll.driver.cli;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.config.ConfigurationException;
import io.unroll.driver.config.ConfigurationLoader;
import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.evaluate.LabelScores;
import io.unroll.driver.evaluate.SplitEvaluation;
import io.unroll.driver.model.Task;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.report.Confusion;
import io.unroll.driver.report.MetricsJson;
import io.unroll.driver.report.MetricsLine;
import io.unroll.driver.run.RunDirectory;
import io.unroll.driver.run.Storage;
import io.unroll.driver.train.RunReport;
import io.unroll.worker.format.ModelFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the page of a run; needs Spark only to measure which labels are taken for which. */
@Command(
    name = "report",
    description = "Writes plots, samples and settings of a run as one HTML file, report.html.",
    sortOptions = false)
final class ReportCommand implements Callable<Integer> {
  private static final int LARGEST_CONFIGURATION = 1 << 20;

  @Option(names = "--run", required = true, paramLabel = "URI", description = "run directory")
  private String run;

  @Option(
      names = "--data",
      paramLabel = "URI",
      description =
          "of a run whose model gives labels: dataset on whose split the confusion matrix is"
              + " measured, which is drawn then")
  private String data;

  @Mixin private SplitOption splitOption;

  @Mixin private SparkOptions sparkOptions;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    splitOption.check();
    if (data == null && splitOption.isGiven()) {
      throw new UsageException("Invalid --split: only --data needs it");
    }
    Configuration hadoop = SparkSessions.hadoop();
    try (Storage storage = Storage.open(run, hadoop)) {
      if (storage.exists(ModelFiles.DESCRIPTION)) {
        throw new DataException(
            "Cannot report on %s: it is a model (expected the directory of a run, such as the one that has this model as its %s/)"
                .formatted(run, RunDirectory.BEST));
      }
      if (!storage.exists(RunDirectory.CONFIGURATION)) {
        throw new DataException(
            "Cannot report on %s: it has no %s, so no run has begun there"
                .formatted(run, RunDirectory.CONFIGURATION));
      }
      RunConfiguration configuration = configuration(storage);
      Task task = task(storage, configuration, hadoop);
      String html =
          RunReport.html(configuration, task, lines(storage), confusion(hadoop), Instant.now());
      storage.write(RunDirectory.REPORT, html.getBytes(StandardCharsets.UTF_8));
      String page = storage.uri(RunDirectory.REPORT);
      result.print(
          List.of(Printable.line(page)), object -> object.put("run", run).put("report", page));
      return ExitCode.DONE.code();
    }
  }

  private Optional<Confusion> confusion(Configuration hadoop) throws IOException {
    if (data == null) {
      return Optional.empty();
    }
    TrainedModel model = TrainedModel.read(run, hadoop);
    model.labeler();
    try (SparkSession spark = sparkOptions.open("report " + run)) {
      DatasetDirectory dataset = DatasetDirectory.open(data, hadoop);
      Split split = splitOption.of(dataset, data);
      LabelScores scores = new SplitEvaluation(spark, dataset, split).scores(List.of(model));
      List<List<Long>> counts =
          IntStream.range(0, scores.labels())
              .mapToObj(
                  right ->
                      IntStream.range(0, scores.labels())
                          .mapToObj(given -> scores.confused(right, given))
                          .toList())
              .toList();
      String place =
          String.format(
              Locale.ROOT,
              "The best model on the %s split of %s, accuracy %.2f %%",
              split.label(),
              data,
              100 * scores.tally().accuracy());
      return Optional.of(new Confusion(place, model.vocabularies().labels().tokens(), counts));
    }
  }

  private static RunConfiguration configuration(Storage storage) {
    byte[] yaml = storage.read(RunDirectory.CONFIGURATION, LARGEST_CONFIGURATION);
    ConfigurationLoader loader = new ConfigurationLoader();
    loader.read(storage.uri(RunDirectory.CONFIGURATION), new String(yaml, StandardCharsets.UTF_8));
    try {
      return loader.loadStored();
    } catch (ConfigurationException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  /** The best model's, which is with the run; the dataset's as long as there is none. */
  private Task task(Storage storage, RunConfiguration configuration, Configuration hadoop) {
    return storage.exists(RunDirectory.BEST + "/" + ModelFiles.DESCRIPTION)
        ? Task.of(TrainedModel.read(run, hadoop))
        : Task.of(DatasetDirectory.open(configuration.data(), hadoop));
  }

  private List<MetricsLine> lines(Storage storage) {
    return storage.exists(RunDirectory.METRICS)
        ? storage.read(
            RunDirectory.METRICS,
            (in, length) -> MetricsJson.read(in, storage.uri(RunDirectory.METRICS), this::warn))
        : List.of();
  }

  private void warn(String odd) {
    spec.commandLine().getErr().println("Warning: passing over a line. " + odd);
  }
}
