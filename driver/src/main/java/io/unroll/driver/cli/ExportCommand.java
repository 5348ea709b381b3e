package io.unroll.driver.cli;

import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.graph.GraphRuntime;
import io.unroll.driver.graph.GraphVerification;
import io.unroll.driver.graph.TritonConfig;
import io.unroll.driver.model.ForeignFormat;
import io.unroll.driver.model.ModelExchange;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.report.ProgressLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a model for serving elsewhere, or that of a checkpoint; needs no Spark. */
@Command(
    name = "export",
    description =
        "Writes a model as a file of another program, for serving there, or makes a model of a"
            + " checkpoint.",
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {
  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--data",
      paramLabel = "URI",
      description =
          "with --checkpoint: dataset that its run was trained on, whose vocabulary the model gets"
              + " (default: where it was then)")
  private String data;

  @Option(
      names = "--average",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "with --checkpoint RUN: the mean of the parameters of its N newest checkpoints (default:"
              + " ${DEFAULT-VALUE}); checkpoint.keep says how many a run keeps")
  private int average;

  @Mixin private FormatOptions formatOptions;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description =
          "file to write; with --format unroll, model directory to write; with --format onnx, a model"
              + " that writes about what it reads is two files, NAME-encoder.onnx and"
              + " NAME-decoder.onnx")
  private String output;

  @Option(
      names = "--verify",
      description =
          "with --format onnx: compares the logits of the graphs in ONNX Runtime with the model's"
              + " before it is written; needs the application jar with ONNX Runtime")
  private boolean verify;

  @Option(
      names = "--triton",
      description =
          "with --format onnx, of a language model: also writes config.pbtxt, by which Triton serves"
              + " it and keeps the state of each sequence; --output is REPOSITORY/NAME/1/model.onnx"
              + " then")
  private boolean triton;

  @Option(names = "--overwrite", description = "replaces what may be at --output")
  private boolean overwrite;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  /** One of both. */
  private static final class Source {
    @Option(
        names = "--model",
        required = true,
        paramLabel = "URI",
        description = ModelOptions.DESCRIPTION)
    private String model;

    @Option(
        names = "--checkpoint",
        required = true,
        paramLabel = "URI",
        description =
            "directory of a checkpoint, or a run directory, whose newest checkpoint is taken then")
    private String checkpoint;
  }

  @Override
  public Integer call() {
    ProgressLog log = quiet.progress(spec.commandLine().getErr());
    Optional<ForeignFormat> format =
        formatOptions.ofUnroll() ? Optional.empty() : Optional.of(formatOptions.format());
    if (data != null && source.checkpoint == null) {
      throw new UsageException("Invalid --data: only --checkpoint needs it, a model has its own");
    }
    if (average < 1 || (average > 1 && source.checkpoint == null)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "Invalid --average: %d (expected at least 1, and --checkpoint RUN)",
              average));
    }
    if (verify && !formatOptions.name().equals("onnx")) {
      throw new UsageException("Invalid --verify: only --format onnx has it");
    }
    requireTritonPlace();
    Configuration hadoop = SparkSessions.hadoop();
    TrainedModel model = read(hadoop);
    Optional<String> config =
        triton
            ? Optional.of(TritonConfig.of(model.language(), served().getName()))
            : Optional.empty();
    var exchange = new ModelExchange(hadoop);
    Double difference = null;
    if (verify) {
      exchange.requireWritable(format.orElseThrow(), model, output, overwrite);
      difference = verified(model, log);
    }
    List<String> written =
        format.isPresent()
            ? exchange.write(format.get(), model, output, overwrite)
            : new ArrayList<>(List.of(exchange.write(model, output, overwrite)));
    config.ifPresent(text -> written.add(writeConfig(text, hadoop)));
    print(written, difference);
    format
        .flatMap(foreign -> foreign.remark(model.architecture()))
        .ifPresent(spec.commandLine().getErr()::println);
    return ExitCode.DONE.code();
  }

  /** Where Triton looks for a model: in a folder of its version, in one of its name. */
  private void requireTritonPlace() {
    if (!triton) {
      return;
    }
    if (!formatOptions.name().equals("onnx")) {
      throw new UsageException("Invalid --triton: only --format onnx has it");
    }
    if (!output.matches("(.*/)?[^/]+/[0-9]+/model\\.onnx")) {
      throw new UsageException(
          "Invalid --output: %s (expected REPOSITORY/NAME/1/model.onnx with --triton)"
              .formatted(output));
    }
  }

  /** The folder of the model's name. */
  private Path served() {
    return new Path(output).getParent().getParent();
  }

  private String writeConfig(String text, Configuration hadoop) {
    return OutputFile.write(new Path(served(), "config.pbtxt").toString(), text, hadoop);
  }

  /** The largest difference that was found. */
  private static double verified(TrainedModel model, ProgressLog log) {
    GraphRuntime runtime =
        GraphVerification.runtime().orElseThrow(() -> LibraryJar.ONNX_RUNTIME.absence("--verify"));
    GraphVerification.Result found = new GraphVerification(runtime, model).run();
    log.say(found.toString());
    return found.difference();
  }

  private void print(List<String> written, Double difference) {
    result.print(
        written.stream().map(Printable::line).toList(),
        object -> {
          object
              .put("model", source.model)
              .put("checkpoint", source.checkpoint)
              .put("format", formatOptions.name())
              .put("output", written.get(0))
              .put("verified-difference", difference);
          written.forEach(object.putArray("files")::add);
        });
  }

  private TrainedModel read(Configuration hadoop) {
    return source.checkpoint == null
        ? TrainedModel.read(source.model, hadoop)
        : TrainedModel.ofCheckpoint(source.checkpoint, average, Optional.ofNullable(data), hadoop);
  }
}
