package io.unroll.driver.cli;

import io.unroll.driver.model.ForeignFormat;
import io.unroll.driver.model.ModelExchange;
import io.unroll.driver.model.TrainedModel;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a model for serving elsewhere; needs no Spark. */
@Command(
    name = "export",
    description = "Writes a model as a file of another program, for serving there.",
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {
  @Mixin private ModelOptions modelOptions;

  @Mixin private FormatOptions formatOptions;

  @Option(names = "--output", required = true, paramLabel = "URI", description = "file to write")
  private String output;

  @Option(names = "--overwrite", description = "replaces the file that may be at --output")
  private boolean overwrite;

  @Mixin private QuietOption quiet;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    quiet.apply();
    ForeignFormat format = formatOptions.format();
    Configuration hadoop = SparkSessions.hadoop();
    TrainedModel model = modelOptions.read(hadoop);
    PrintWriter out = spec.commandLine().getOut();
    out.println(new ModelExchange(format, hadoop).write(model, output, overwrite));
    format.remark(model.architecture()).ifPresent(spec.commandLine().getErr()::println);
    return ExitCode.DONE.code();
  }
}
