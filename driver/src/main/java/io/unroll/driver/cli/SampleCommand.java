package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.config.SampleSettings;
import io.unroll.driver.config.Setting;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.sample.TextSampler;
import io.unroll.worker.decode.SamplingOptions;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lets a model write; needs no Spark. */
@Command(
    name = "sample",
    description = "Lets a model write. The same call gives the same text.",
    sortOptions = false)
final class SampleCommand implements Callable<Integer> {
  @Mixin private ModelOptions modelOptions;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "text to continue (default: none)")
  private String prompt;

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "500",
      description = "tokens to write, at least 1 (default: ${DEFAULT-VALUE})")
  private int length;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      description =
          "divisor of the logits, > 0: below 1 more likely tokens, above 1 more surprising ones"
              + " (default: 0.8)")
  private Double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "draws from the K most likely tokens only; 0 for all (default: 0)")
  private Integer topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description =
          "draws from the fewest tokens that have probability P together, 0 < P <= 1 (default: 1)")
  private Double topP;

  @Option(names = "--greedy", description = "always takes the most likely token")
  private boolean greedy;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "seed of the draws (default: ${DEFAULT-VALUE})")
  private long seed;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    quiet.apply();
    SamplingOptions options = options();
    TrainedModel model = modelOptions.read(SparkSessions.hadoop());
    TextSampler sampler = sampler(model);
    if (result.isJson()) {
      printJson(model, sampler, options);
    } else {
      print(model, sampler, options);
    }
    return ExitCode.DONE.code();
  }

  private TextSampler sampler(TrainedModel model) {
    model.language();
    return new TextSampler(model.vocabulary(), prompt);
  }

  private void print(TrainedModel model, TextSampler sampler, SamplingOptions options) {
    Output output = new Output(spec.commandLine().getOut());
    output.goesOn(sampler.prompt());
    sampler.write(model.language(), model.parameters(), length, options, output::goesOn);
    output.end();
  }

  /** The whole text is kept until it is printed. */
  private void printJson(TrainedModel model, TextSampler sampler, SamplingOptions options) {
    List<String> pieces = new ArrayList<>();
    sampler.write(model.language(), model.parameters(), length, options, pieces::add);
    ObjectNode object = result.object();
    object.put("model", modelOptions.uri());
    object.put("prompt", sampler.prompt());
    object.put("text", String.join("", pieces));
    object.put("tokens", pieces.size());
    object.put("length", length);
    object.put("temperature", options.temperature());
    object.put("top-k", options.topK());
    object.put("top-p", options.topP());
    object.put("greedy", options.greedy());
    object.put("seed", options.seed());
    result.print(object);
  }

  /** Writes as the model goes, so that a text of any length needs no memory. */
  private static final class Output {
    /** Tokens after which is looked whether anybody still reads. */
    private static final int FLUSHED = 64;

    private final PrintWriter out;

    /** Files and pipes get what the model wrote, a terminal what does it no harm. */
    private final UnaryOperator<String> shown;

    private long pieces;

    private Output(PrintWriter out) {
      this.out = out;
      this.shown = Terminal.isOutput() ? Printable::text : UnaryOperator.identity();
    }

    private boolean goesOn(String piece) {
      out.print(shown.apply(piece));
      pieces++;
      return pieces % FLUSHED != 0 || !out.checkError();
    }

    private void end() {
      out.println();
    }
  }

  private SamplingOptions options() {
    if (length < 1) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(Locale.ROOT, "Invalid length: %d (expected at least 1)", length));
    }
    try {
      return new SamplingOptions(
          orDefault(temperature, SampleSettings.TEMPERATURE),
          orDefault(topK, SampleSettings.TOP_K),
          orDefault(topP, SampleSettings.TOP_P),
          greedy,
          seed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static <T> T orDefault(T given, Setting<T> setting) {
    return given == null ? setting.defaultValue().orElseThrow() : given;
  }
}
