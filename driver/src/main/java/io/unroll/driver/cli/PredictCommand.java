package io.unroll.driver.cli;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.predict.DrawnAttention;
import io.unroll.driver.predict.PredictedTable;
import io.unroll.driver.predict.Prediction;
import io.unroll.driver.predict.TextModel;
import io.unroll.driver.report.ProgressLog;
import io.unroll.worker.decode.DecodingOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks a model about texts. */
@Command(
    name = "predict",
    description =
        "Asks a model about texts, in their order. One that labels texts gives a label and its"
            + " probability, a tagger each word with its tag; a language model the loss of each"
            + " text in nats per token and the number of its tokens; one that was trained on pairs"
            + " what it writes about each text.",
    sortOptions = false,
    footer = {
      "",
      "A line of input gives a line of output, with a tab between label and probability, or loss and",
      "tokens; words with tags are WORD/TAG with blanks between. An empty line gives an empty line.",
      "With --format other than text the output is a table: the columns of the input, then those of",
      "the answers (label and probability; words and tags; loss and tokens; state; continuation; or",
      "written and score)."
    })
final class PredictCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Mixin private ModelOptions modelOptions;

  @Option(
      names = "--input",
      paramLabel = "PLACE",
      defaultValue = STANDARD_INPUT,
      description =
          "file, folder or glob of texts, as path or Hadoop URI; the name of a table with --format"
              + " table; - for standard input (default: -)")
  private String input;

  @Option(
      names = "--output",
      paramLabel = "URI",
      description = "new folder for the answers (default: lines go to standard output)")
  private String output;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "text",
      description =
          "of input and output: text (a text in each line), parquet, orc, csv, json or table"
              + " (default: ${DEFAULT-VALUE})")
  private String format;

  @Option(
      names = "--column",
      paramLabel = "NAME",
      defaultValue = "text",
      description = "of a table: the column with the texts (default: ${DEFAULT-VALUE})")
  private String column;

  @Option(
      names = "--probabilities",
      description = "of a classifier: the label and the probabilities of all labels instead")
  private boolean probabilities;

  @Option(
      names = "--state",
      description =
          "of a language model: the state of the last layer after each text instead; of one that"
              + " was trained on pairs: the summary of each text that its decoder is told")
  private boolean state;

  @Option(
      names = "--continue",
      description =
          "of a language model of captions or sequences: what it writes behind each text, likeliest"
              + " token by likeliest token, instead")
  private boolean goOn;

  @Mixin private DecodingOption decodingOption;

  @Option(
      names = "--best",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "with --beam: so many texts with their scores, the best first, with tabs between (default:"
              + " ${DEFAULT-VALUE})")
  private int best;

  @Option(
      names = "--attention",
      paramLabel = "URI",
      description =
          "of a model with attention: folder for pictures (SVG) of what it read while it wrote, one"
              + " for each of the first 100 lines of --input, or images of --vectors; of those also"
              + " attention.jsonl, with the weights for all of them")
  private String attention;

  @Mixin private PredictedSplit split;

  @Mixin private PredictedVectors vectors;

  @Mixin private SparkOptions sparkOptions;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  private long lines;

  @Override
  public Integer call() throws IOException {
    check();
    DecodingOptions decoding = decodingOption.options(best);
    ProgressLog log = quiet.progress(spec.commandLine().getErr());
    try (SparkSession spark = sparkOptions.open("predict " + modelOptions.uri())) {
      Configuration hadoop = spark.sparkContext().hadoopConfiguration();
      TrainedModel model = modelOptions.read(hadoop);
      if (asksAboutImages()) {
        JobProgress.during(
            () -> {
              aboutImages(spark, model, decoding);
              return null;
            },
            spark.sparkContext(),
            log);
        return ExitCode.DONE.code();
      }
      Optional<DrawnAttention> drawn =
          Optional.ofNullable(attention).map(folder -> new DrawnAttention(model, decoding));
      try (Prediction prediction = new Prediction(spark, model, asked(), decoding)) {
        spark.sparkContext().setJobDescription("predict");
        JobProgress.during(
            () -> {
              predict(spark, prediction);
              drawn.ifPresent(
                  by ->
                      AttentionPictures.write(
                          by, texts(spark).take(AttentionPictures.MOST), attention, hadoop));
              return null;
            },
            spark.sparkContext(),
            log);
      }
      if (output != null) {
        result.print(
            List.of(),
            object ->
                object
                    .put("model", modelOptions.uri())
                    .put("input", input)
                    .put("output", output)
                    .put("format", format));
      }
      return ExitCode.DONE.code();
    }
  }

  private boolean asksAboutImages() {
    return split.isGiven() || vectors.isGiven();
  }

  private void aboutImages(SparkSession spark, TrainedModel model, DecodingOptions decoding) {
    PrintWriter out = spec.commandLine().getOut();
    if (split.isGiven()) {
      split.write(spark, model, decoding, out::println);
    } else {
      vectors.write(spark, model, decoding, attention, out::println);
    }
  }

  private TextModel.Output asked() {
    if (goOn) {
      return TextModel.Output.CONTINUATION;
    }
    if (probabilities) {
      return TextModel.Output.PROBABILITIES;
    }
    return state ? TextModel.Output.STATE : TextModel.Output.ANSWER;
  }

  private void check() {
    split.check();
    vectors.check();
    if (split.isGiven() && vectors.isGiven()) {
      throw misused("Invalid --vectors: --data is given too (expected one of them)");
    }
    if (asksAboutImages() && (!input.equals(STANDARD_INPUT) || output != null || best > 1)) {
      throw misused(
          "Invalid %s: it does not go with --input, --output or --best"
              .formatted(split.isGiven() ? "--data" : "--vectors"));
    }
    if (Stream.of(goOn, state, probabilities).filter(given -> given).count() > 1) {
      throw misused(
          "Invalid --state, --continue or --probabilities: there are several (expected one of them)");
    }
    boolean table = !PredictedTable.TEXT.equals(format);
    if (!PredictedTable.FORMATS.contains(format)) {
      throw misused(
          "Invalid --format: %s (expected %s)"
              .formatted(format, String.join(", ", PredictedTable.FORMATS)));
    }
    if (table && output == null) {
      throw misused(
          "Missing --output: a table of format %s is written to a folder".formatted(format));
    }
    if (table && input.equals(STANDARD_INPUT)) {
      throw misused("Missing --input: standard input is lines of text (expected a table)");
    }
    if (result.isJson() && output == null) {
      throw misused(
          "Invalid --json: the answers go to standard output (expected it with --output)");
    }
    boolean noFile = table || input.equals(STANDARD_INPUT);
    if (attention != null && noFile && !vectors.isGiven()) {
      throw misused(
          "Invalid --attention: it needs a file of texts, or vectors (expected --input FILE or --vectors)");
    }
    boolean columnGiven = spec.commandLine().getParseResult().hasMatchedOption("--column");
    if (!table && columnGiven) {
      throw misused("Invalid --column: lines of text have none (expected it with --format)");
    }
  }

  private ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void predict(SparkSession spark, Prediction prediction) {
    if (!PredictedTable.TEXT.equals(format)) {
      new PredictedTable(spark, format, column).write(prediction, input, output);
    } else if (input.equals(STANDARD_INPUT)) {
      standardInput(prediction);
    } else {
      JavaRDD<String> texts = texts(spark);
      if (output == null) {
        PrintWriter out = spec.commandLine().getOut();
        UnaryOperator<String> shown =
            Terminal.isOutput() ? Printable::text : UnaryOperator.identity();
        prediction.each(texts, line -> goesOn(out, shown.apply(line)));
      } else {
        PredictedTable.requireNew(spark, output);
        prediction.lines(texts).saveAsTextFile(output);
      }
    }
  }

  private boolean goesOn(PrintWriter out, String line) {
    out.println(line);
    lines++;
    return lines % 1024 != 0 || !out.checkError();
  }

  private JavaRDD<String> texts(SparkSession spark) {
    PredictedTable.requireInput(spark, input);
    return JavaSparkContext.fromSparkContext(spark.sparkContext()).textFile(input);
  }

  private void standardInput(Prediction prediction) {
    if (output != null) {
      throw new DataException(
          "Cannot write %s: what comes from standard input goes to standard output (give a file with --input)"
              .formatted(output));
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintWriter out = spec.commandLine().getOut();
    prediction.here(in.lines().iterator(), answer -> out.println(answer.line()));
    out.flush();
  }
}
