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
import io.unroll.driver.report.RunComparison;
import io.unroll.driver.report.RunDescription;
import io.unroll.driver.run.RunDirectory;
import io.unroll.driver.run.Storage;
import io.unroll.driver.train.RunReport;
import io.unroll.worker.format.ModelFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the page of a run; needs Spark only to measure which labels are taken for which. */
@Command(
    name = "report",
    description =
        "Writes plots, samples and settings of a run as one HTML file, report.html; or several runs"
            + " beside each other.",
    sortOptions = false)
final class ReportCommand implements Callable<Integer> {
  private static final int LARGEST_CONFIGURATION = 1 << 20;

  @Option(names = "--run", required = true, paramLabel = "URI", description = "run directory")
  private String run;

  @Option(
      names = "--beside",
      paramLabel = "URI",
      arity = "1..*",
      description = "further run directories, up to seven, to be compared with it on one page")
  private List<String> others = List.of();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "with --beside: HTML file to write, new or over an old one")
  private String output;

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
    if (!others.isEmpty()) {
      return compare(hadoop);
    }
    if (output != null) {
      throw new UsageException("Invalid --output: the page of one run is its report.html");
    }
    try (Storage storage = opened(run, hadoop)) {
      RunConfiguration configuration = configuration(storage);
      Task task = task(storage, configuration, run, hadoop);
      String html =
          RunReport.html(configuration, task, lines(storage), confusion(hadoop), Instant.now());
      storage.write(RunDirectory.REPORT, html.getBytes(StandardCharsets.UTF_8));
      print(storage.uri(RunDirectory.REPORT));
      return ExitCode.DONE.code();
    }
  }

  private void print(String page) {
    result.print(
        List.of(Printable.line(page)), object -> object.put("run", run).put("report", page));
  }

  private int compare(Configuration hadoop) {
    if (output == null || data != null) {
      throw new UsageException(
          data == null
              ? "Missing --output: several runs are written to a file of their own"
              : "Invalid --data: it does not go with --beside");
    }
    if (others.size() >= RunComparison.MOST_RUNS) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "Invalid --beside: there are %d (expected at most %d)",
              others.size(),
              RunComparison.MOST_RUNS - 1));
    }
    List<String> places = Stream.concat(Stream.of(run), others.stream()).toList();
    boolean named =
        places.stream().map(each -> new Path(each).getName()).distinct().count() == places.size();
    List<RunComparison.Compared> runs = new ArrayList<>();
    for (String each : places) {
      try (Storage storage = opened(each, hadoop)) {
        RunConfiguration configuration = configuration(storage);
        Task task = task(storage, configuration, each, hadoop);
        RunDescription description = RunReport.description(configuration, task);
        runs.add(
            new RunComparison.Compared(
                named ? description : description.titled(each), lines(storage)));
      }
    }
    print(OutputFile.write(output, RunComparison.html(runs), hadoop));
    return ExitCode.DONE.code();
  }

  private static Storage opened(String uri, Configuration hadoop) {
    Storage storage = Storage.open(uri, hadoop);
    String reason = null;
    if (storage.exists(ModelFiles.DESCRIPTION)) {
      reason =
          "it is a model (expected the directory of a run, such as the one that has this model as its %s/)"
              .formatted(RunDirectory.BEST);
    } else if (!storage.exists(RunDirectory.CONFIGURATION)) {
      reason = "it has no %s, so no run has begun there".formatted(RunDirectory.CONFIGURATION);
    }
    if (reason != null) {
      storage.close();
      throw new DataException("Cannot report on %s: %s".formatted(uri, reason));
    }
    return storage;
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
  private static Task task(
      Storage storage, RunConfiguration configuration, String uri, Configuration hadoop) {
    return storage.exists(RunDirectory.BEST + "/" + ModelFiles.DESCRIPTION)
        ? Task.of(TrainedModel.read(uri, hadoop))
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
