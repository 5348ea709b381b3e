package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.summary.Count;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.data.SplitData;
import io.unroll.driver.evaluate.EvaluationJob;
import io.unroll.driver.evaluate.NgramBaseline;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.report.ProgressLog;
import io.unroll.driver.transfer.Retries;
import io.unroll.worker.model.Tally;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures a model on a split. */
@Command(
    name = "evaluate",
    description =
        "Measures a model on a split: loss in nats per token, perplexity, bits per token. The"
            + " numbers do not depend on the number of cores.",
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private ModelOptions modelOptions;

  @Option(names = "--data", required = true, paramLabel = "URI", description = "dataset directory")
  private String data;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "train, valid or test (default: test, or valid where there is no test split)")
  private String split;

  @Option(
      names = "--baseline",
      description =
          "also measures a unigram and a bigram model, counted on the training split, on the same"
              + " tokens")
  private boolean baseline;

  @Mixin private SparkOptions sparkOptions;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  /** The model's figures, and those of n-grams if they were asked for. */
  private record Measured(Split part, Tally evaluation, Optional<NgramBaseline> ngrams) {}

  @Override
  public Integer call() throws IOException {
    Optional<Split> asked = asked();
    ProgressLog log = quiet.progress(spec.commandLine().getErr());
    try (SparkSession spark = sparkOptions.open("evaluate " + modelOptions.uri())) {
      Measured measured =
          JobProgress.during(() -> evaluate(spark, asked), spark.sparkContext(), log);
      result.print(List.of(text(measured)), object -> put(measured, object));
      return ExitCode.DONE.code();
    }
  }

  private Measured evaluate(SparkSession spark, Optional<Split> asked) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    DatasetDirectory dataset = DatasetDirectory.open(data, hadoop);
    TrainedModel model = modelOptions.read(hadoop).fittedTo(dataset);
    Split part = asked.orElseGet(() -> usual(dataset));
    SplitData tokens = SplitData.open(spark, dataset, part);
    Tally evaluation = evaluate(spark, model, tokens, part);
    requireFinite(evaluation);
    Optional<NgramBaseline> ngrams =
        baseline ? Optional.of(count(spark, dataset, tokens)) : Optional.empty();
    return new Measured(part, evaluation, ngrams);
  }

  private void requireFinite(Tally evaluation) {
    if (!Double.isFinite(evaluation.meanLoss())) {
      throw new DataException(
          "Cannot evaluate the model %s: its loss is %s (expected a finite one; its parameters are too large)"
              .formatted(modelOptions.uri(), Double.toString(evaluation.meanLoss())));
    }
  }

  private Optional<Split> asked() {
    try {
      return Optional.ofNullable(split).map(Split::of);
    } catch (DataException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** The test split, or else the validation split; whichever it is, the output names it. */
  private Split usual(DatasetDirectory dataset) {
    Set<Split> splits = dataset.manifest().splits().keySet();
    if (splits.contains(Split.TEST) || !splits.contains(Split.VALID)) {
      return Split.TEST;
    }
    spec.commandLine()
        .getErr()
        .printf(
            "%s has no test split (`prep --fractions 0.8,0.1,0.1` makes one): this is its validation split%n",
            data);
    return Split.VALID;
  }

  private static Tally evaluate(
      SparkSession spark, TrainedModel model, SplitData tokens, Split part) {
    spark.sparkContext().setJobDescription("evaluate on the %s split".formatted(part.label()));
    return Retries.untilWhole(
        "the evaluation",
        () ->
            EvaluationJob.run(
                new JavaSparkContext(spark.sparkContext()),
                tokens.segments(),
                model.architecture(),
                model.parameters()));
  }

  private static NgramBaseline count(
      SparkSession spark, DatasetDirectory dataset, SplitData judged) {
    SplitData counted = SplitData.open(spark, dataset, Split.TRAIN);
    spark.sparkContext().setJobDescription("count unigrams and bigrams");
    return NgramBaseline.of(
        new JavaSparkContext(spark.sparkContext()),
        counted.sequences(),
        judged.sequences(),
        dataset.vocabulary().size());
  }

  private void put(Measured measured, ObjectNode object) {
    Tally evaluation = measured.evaluation();
    object.put("model", modelOptions.uri());
    object.put("data", data);
    object.put("split", measured.part().label());
    object.put("loss", evaluation.meanLoss());
    object.put("perplexity", evaluation.perplexity());
    object.put("bits-per-token", evaluation.bitsPerPrediction());
    object.put("tokens", evaluation.predictions());
    measured
        .ngrams()
        .ifPresent(
            counted -> {
              object.put("unigram-loss", counted.unigram());
              object.put("bigram-loss", counted.bigram());
            });
  }

  private String text(Measured measured) {
    String model = text(measured.part(), measured.evaluation());
    return Printable.text(measured.ngrams().map(counted -> model + text(counted)).orElse(model));
  }

  private static String text(NgramBaseline counted) {
    return String.format(
        Locale.ROOT,
        "%nfor comparison, on %s: unigrams %.4f nats, perplexity %.3f; bigrams %.4f nats,"
            + " perplexity %.3f",
        Count.of(counted.tokens(), "token"),
        counted.unigram(),
        Math.exp(counted.unigram()),
        counted.bigram(),
        Math.exp(counted.bigram()));
  }

  private String text(Split part, Tally evaluation) {
    return String.format(
        Locale.ROOT,
        "%s of %s, %s: loss %.4f nats per token, perplexity %.3f, %.4f bits per token",
        part.label(),
        data,
        Count.of(evaluation.predictions(), "token"),
        evaluation.meanLoss(),
        evaluation.perplexity(),
        evaluation.bitsPerPrediction());
  }
}
