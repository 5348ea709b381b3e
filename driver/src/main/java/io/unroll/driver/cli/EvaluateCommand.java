package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.summary.Count;
import io.unroll.dataprep.summary.Printable;
import io.unroll.driver.evaluate.LabelBaseline;
import io.unroll.driver.evaluate.LabelScores;
import io.unroll.driver.evaluate.NgramBaseline;
import io.unroll.driver.evaluate.SplitEvaluation;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.report.ProgressLog;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a model on a split. */
@Command(
    name = "evaluate",
    description =
        "Measures a model on a split: of a language model the loss in nats per token, perplexity,"
            + " bits per token and, where tokens tell it, per byte of text, and of answers which are right; of one that gives labels accuracy, F1 and which labels are taken"
            + " for which. The numbers do not depend on the number of cores.",
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private ModelOptions modelOptions;

  @Option(names = "--data", required = true, paramLabel = "URI", description = "dataset directory")
  private String data;

  @Mixin private SplitOption splitOption;

  @Option(
      names = "--baseline",
      description =
          "also measures what counting on the training split achieves on the same tokens: a unigram"
              + " and a bigram model; for labels naive Bayes, for tags the most frequent of each"
              + " word")
  private boolean baseline;

  @Option(
      names = "--vote",
      paramLabel = "URI",
      description =
          "another model that gives labels; the mean of the probabilities of all decides (may be"
              + " given several times)")
  private List<String> others = new ArrayList<>();

  @Mixin private SparkOptions sparkOptions;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  /** The model's figures, and those of n-grams if they were asked for. */
  private record Measured(
      Split part, Tally evaluation, OptionalLong bytes, Optional<NgramBaseline> ngrams) {
    /** The loss in bits per byte of text, which does not depend on what tokens are. */
    OptionalDouble bitsPerByte() {
      double bits = evaluation.bitsPerPrediction() * evaluation.predictions();
      return bytes.isPresent() && bytes.getAsLong() > 0
          ? OptionalDouble.of(bits / bytes.getAsLong())
          : OptionalDouble.empty();
    }
  }

  /** What a labeler reached. */
  private record Labelled(
      Split part,
      Vocabulary labels,
      boolean tags,
      LabelScores scores,
      List<LabelBaseline> baselines) {}

  @Override
  public Integer call() throws IOException {
    splitOption.check();
    ProgressLog log = quiet.progress(spec.commandLine().getErr());
    try (SparkSession spark = sparkOptions.open("evaluate " + modelOptions.uri())) {
      Configuration hadoop = spark.sparkContext().hadoopConfiguration();
      TrainedModel model = modelOptions.read(hadoop);
      DatasetDirectory dataset = DatasetDirectory.open(data, hadoop);
      SplitEvaluation part = new SplitEvaluation(spark, dataset, splitOption.of(dataset, data));
      if (model.architecture() instanceof LabelerArchitecture) {
        Labelled labelled =
            JobProgress.during(() -> label(part, voters(model, hadoop)), spark.sparkContext(), log);
        LabelText text = new LabelText(labelled.labels(), labelled.scores(), labelled.baselines());
        result.print(
            List.of(Printable.text(text.of(labelled.part(), data))),
            object -> {
              putPlaces(labelled.part(), object);
              text.put(labelled.tags(), object);
            });
      } else {
        requireNoVote();
        Measured measured =
            JobProgress.during(() -> evaluate(part, model), spark.sparkContext(), log);
        result.print(List.of(text(measured)), object -> put(measured, object));
      }
      return ExitCode.DONE.code();
    }
  }

  private List<TrainedModel> voters(TrainedModel model, Configuration hadoop) {
    List<TrainedModel> voters = new ArrayList<>(List.of(model));
    others.forEach(other -> voters.add(TrainedModel.read(other, hadoop)));
    return voters;
  }

  private void requireNoVote() {
    if (!others.isEmpty()) {
      throw new DataException(
          "Cannot let %s vote: it is a language model (expected models that give labels)"
              .formatted(modelOptions.uri()));
    }
  }

  private Labelled label(SplitEvaluation part, List<TrainedModel> voters) {
    TrainedModel model = voters.get(0);
    LabelScores scores = part.scores(voters);
    requireFinite(scores.tally());
    boolean tags = !model.labeler().isPooled() && model.labeler().vectorSize() == 0;
    return new Labelled(
        part.split(),
        model.vocabularies().labels(),
        tags,
        scores,
        baseline ? part.labelBaselines() : List.of());
  }

  private Measured evaluate(SplitEvaluation part, TrainedModel model) {
    Tally evaluation = part.of(model);
    requireFinite(evaluation);
    OptionalLong bytes = evaluation.sequences() > 0 ? OptionalLong.empty() : part.bytes();
    return new Measured(
        part.split(), evaluation, bytes, baseline ? Optional.of(part.ngrams()) : Optional.empty());
  }

  private void requireFinite(Tally evaluation) {
    if (!Double.isFinite(evaluation.meanLoss())) {
      throw new DataException(
          "Cannot evaluate the model %s: its loss is %s (expected a finite one; its parameters are too large)"
              .formatted(modelOptions.uri(), Double.toString(evaluation.meanLoss())));
    }
  }

  private void putPlaces(Split part, ObjectNode object) {
    object.put("model", modelOptions.uri());
    if (!others.isEmpty()) {
      ArrayNode vote = object.putArray("vote");
      others.forEach(vote::add);
    }
    object.put("data", data);
    object.put("split", part.label());
  }

  private void put(Measured measured, ObjectNode object) {
    Tally evaluation = measured.evaluation();
    putPlaces(measured.part(), object);
    object.put("loss", evaluation.meanLoss());
    object.put("perplexity", evaluation.perplexity());
    object.put("bits-per-token", evaluation.bitsPerPrediction());
    measured.bitsPerByte().ifPresent(bits -> object.put("bits-per-byte", bits));
    object.put("tokens", evaluation.predictions());
    if (evaluation.sequences() > 0) {
      object.put("accuracy", evaluation.accuracy());
      object.put("exact", evaluation.exactShare());
      object.put("sequences", evaluation.sequences());
    }
    measured
        .ngrams()
        .ifPresent(
            counted -> {
              object.put("unigram-loss", counted.unigram());
              object.put("bigram-loss", counted.bigram());
            });
  }

  private String text(Measured measured) {
    String model = text(measured.part(), measured.evaluation(), measured.bitsPerByte());
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

  private String text(Split part, Tally evaluation, OptionalDouble bitsPerByte) {
    return String.format(
            Locale.ROOT,
            "%s of %s, %s: loss %.4f nats per token, perplexity %.3f, %.4f bits per token",
            part.label(),
            data,
            Count.of(evaluation.predictions(), "token"),
            evaluation.meanLoss(),
            evaluation.perplexity(),
            evaluation.bitsPerPrediction())
        + (bitsPerByte.isPresent()
            ? String.format(Locale.ROOT, ", %.4f bits per byte", bitsPerByte.getAsDouble())
            : "")
        + answers(evaluation);
  }

  /** How many answers were right, where something was given. */
  private static String answers(Tally evaluation) {
    return evaluation.sequences() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%naccuracy %.2f %% of the tokens, each after the right ones before it; %.2f %% of %s exact",
            100 * evaluation.accuracy(),
            100 * evaluation.exactShare(),
            Count.of(evaluation.sequences(), "answer"));
  }
}
