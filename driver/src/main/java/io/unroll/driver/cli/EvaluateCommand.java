package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Split;
import io.unroll.driver.data.SplitData;
import io.unroll.driver.evaluate.Evaluation;
import io.unroll.driver.evaluate.EvaluationJob;
import io.unroll.driver.evaluate.NgramBaseline;
import io.unroll.driver.model.TrainedModel;
import java.util.Locale;
import java.util.Optional;
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
      defaultValue = "test",
      description = "train, valid or test (default: ${DEFAULT-VALUE})")
  private String split;

  @Option(
      names = "--baseline",
      description =
          "also measures a unigram and a bigram model, counted on the training split, on the same"
              + " tokens")
  private boolean baseline;

  @Option(names = "--json", description = "prints one JSON object")
  private boolean json;

  @Mixin private SparkOptions sparkOptions;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Split part = part();
    try (SparkSession spark = sparkOptions.open("evaluate " + modelOptions.uri())) {
      Configuration hadoop = spark.sparkContext().hadoopConfiguration();
      TrainedModel model = modelOptions.read(hadoop);
      DatasetDirectory dataset = DatasetDirectory.open(data, hadoop);
      model.requireVocabularyOf(dataset);
      SplitData tokens = SplitData.open(spark, dataset, part);
      Evaluation evaluation = evaluate(spark, model, tokens);
      Optional<NgramBaseline> ngrams =
          baseline ? Optional.of(count(spark, dataset, tokens)) : Optional.empty();
      spec.commandLine()
          .getOut()
          .println(json ? json(evaluation, ngrams) : text(evaluation, ngrams));
      return ExitCode.DONE.code();
    }
  }

  private Split part() {
    try {
      return Split.of(split);
    } catch (DataException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Evaluation evaluate(SparkSession spark, TrainedModel model, SplitData tokens) {
    spark.sparkContext().setJobDescription("evaluate on the %s split".formatted(split));
    return EvaluationJob.run(
        new JavaSparkContext(spark.sparkContext()),
        tokens.segments(),
        model.architecture(),
        model.parameters());
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

  private String json(Evaluation evaluation, Optional<NgramBaseline> ngrams) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("model", modelOptions.uri());
    object.put("data", data);
    object.put("split", split);
    object.put("loss", evaluation.loss());
    object.put("perplexity", evaluation.perplexity());
    object.put("bits-per-token", evaluation.bitsPerToken());
    object.put("tokens", evaluation.tokens());
    ngrams.ifPresent(
        counted -> {
          object.put("unigram-loss", counted.unigram());
          object.put("bigram-loss", counted.bigram());
        });
    return object.toString();
  }

  private String text(Evaluation evaluation, Optional<NgramBaseline> ngrams) {
    String model = text(evaluation);
    return ngrams.map(counted -> model + text(counted)).orElse(model);
  }

  private static String text(NgramBaseline counted) {
    return String.format(
        Locale.ROOT,
        "%nfor comparison, on %,d tokens: unigrams %.4f nats, perplexity %.3f; bigrams %.4f nats,"
            + " perplexity %.3f",
        counted.tokens(),
        counted.unigram(),
        Math.exp(counted.unigram()),
        counted.bigram(),
        Math.exp(counted.bigram()));
  }

  private String text(Evaluation evaluation) {
    return String.format(
        Locale.ROOT,
        "%s of %s, %,d tokens: loss %.4f nats per token, perplexity %.3f, %.4f bits per token",
        split,
        data,
        evaluation.tokens(),
        evaluation.loss(),
        evaluation.perplexity(),
        evaluation.bitsPerToken());
  }
}
