package io.unroll.driver.cli;

import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.model.ModelExchange;
import io.unroll.driver.model.ReadableFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes over a model from elsewhere; needs no Spark. */
@Command(
    name = "import",
    description =
        "Writes a file of another program as a model. What cannot be taken over exactly is"
            + " refused.",
    sortOptions = false)
final class ImportCommand implements Callable<Integer> {
  @Option(names = "--model", required = true, paramLabel = "URI", description = "file to read")
  private String model;

  @Mixin private FormatOptions formatOptions;

  @Option(
      names = "--vocabulary",
      required = true,
      paramLabel = "URI",
      description =
          "vocabulary.json of the dataset or of the model whose token ids the network uses: the"
              + " file has none")
  private String vocabulary;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description = "model directory to write")
  private String output;

  @Option(names = "--overwrite", description = "replaces the model that may be at --output")
  private boolean overwrite;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Override
  public Integer call() {
    quiet.apply();
    ReadableFormat format = formatOptions.readable();
    ModelExchange exchange = new ModelExchange(SparkSessions.hadoop());
    String written = exchange.read(format, model, vocabulary, output, overwrite);
    result.print(
        List.of(Printable.line(written)),
        object ->
            object
                .put("model", model)
                .put("format", format.name())
                .put("vocabulary", vocabulary)
                .put("output", written));
    return ExitCode.DONE.code();
  }
}
