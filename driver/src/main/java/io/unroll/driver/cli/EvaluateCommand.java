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
import io.unroll.driver.evaluate.Ranks;
import io.unroll.driver.evaluate.SplitEvaluation;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.report.ProgressLog;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            + " bits per token and, where tokens tell it, per byte of text, and of answers which are"
            + " right; of one that gives labels accuracy, F1 and which labels are taken for which;"
            + " of one that was trained on pairs the loss and, with --decode, BLEU, chrF2, ROUGE-L"
            + " and CIDEr-D of what it writes. The numbers do not depend on the number of cores.",
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
          "another model of the same kind, of text or of labels; the mean of the probabilities of"
              + " all counts (may be given several times)")
  private List<String> others = new ArrayList<>();

  @Mixin private WrittenOptions writtenOptions;

  @Mixin private RankingOptions rankingOptions;

  @Mixin private DynamicEvaluationOptions dynamicOptions;

  @Mixin private SparkOptions sparkOptions;

  @Mixin private QuietOption quiet;

  @Mixin private ResultOption result;

  @Spec private CommandSpec spec;

  /** What a labeler reached. */
  private record Labelled(
      Split part,
      Vocabulary labels,
      boolean tags,
      LabelScores scores,
      List<LabelBaseline> baselines) {}

  /** The loss, and what was asked of a model that writes. */
  private record Measured(LossText loss, Optional<WrittenScores> written, Optional<Ranks> ranks) {}

  @Override
  public Integer call() throws IOException {
    splitOption.check();
    writtenOptions.check();
    rankingOptions.ranking();
    if (dynamicOptions.options().isPresent() && !others.isEmpty()) {
      throw new UsageException(
          "Invalid --dynamic: one model can learn at a time (expected no --vote)");
    }
    ProgressLog log = quiet.progress(spec.commandLine().getErr());
    try (SparkSession spark = sparkOptions.open("evaluate " + modelOptions.uri())) {
      Configuration hadoop = spark.sparkContext().hadoopConfiguration();
      TrainedModel model = modelOptions.read(hadoop);
      refuse(model);
      DatasetDirectory dataset = DatasetDirectory.open(data, hadoop);
      SplitEvaluation part = new SplitEvaluation(spark, dataset, splitOption.of(dataset, data));
      if (model.architecture() instanceof LabelerArchitecture) {
        print(
            JobProgress.during(
                () -> label(part, voters(model, hadoop)), spark.sparkContext(), log));
      } else {
        print(
            part.split(),
            JobProgress.during(() -> evaluate(part, model, hadoop), spark.sparkContext(), log));
      }
      return ExitCode.DONE.code();
    }
  }

  /** Refuses options that are not for such a model. */
  private void refuse(TrainedModel model) {
    dynamicOptions.refuse(model);
    if (model.architecture() instanceof EncoderDecoderArchitecture && !others.isEmpty()) {
      throw new DataException(
          "Cannot let %s vote: it %s (expected models that predict text or give labels)"
              .formatted(modelOptions.uri(), model.purpose()));
    }
    if (!(model.architecture() instanceof EncoderDecoderArchitecture)) {
      writtenOptions.refuse(model);
      rankingOptions.refuse(model);
    } else if (baseline) {
      throw new UsageException(
          "Invalid --baseline: the model %s %s (expected one that predicts text or gives labels)"
              .formatted(modelOptions.uri(), model.purpose()));
    }
  }

  private List<TrainedModel> voters(TrainedModel model, Configuration hadoop) {
    List<TrainedModel> voters = new ArrayList<>(List.of(model));
    others.forEach(other -> voters.add(TrainedModel.read(other, hadoop)));
    return voters;
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

  private void print(Labelled labelled) {
    LabelText text = new LabelText(labelled.labels(), labelled.scores(), labelled.baselines());
    result.print(
        List.of(Printable.text(text.of(labelled.part(), data))),
        object -> {
          putPlaces(labelled.part(), object);
          text.put(labelled.tags(), object);
        });
  }

  private Measured evaluate(SplitEvaluation part, TrainedModel model, Configuration hadoop) {
    Tally evaluation = others.isEmpty() ? part.of(model) : part.together(voters(model, hadoop));
    requireFinite(evaluation);
    OptionalLong bytes = evaluation.sequences() > 0 ? OptionalLong.empty() : part.bytes();
    LossText loss =
        new LossText(
            part.split(),
            evaluation,
            bytes,
            baseline ? Optional.of(part.ngrams()) : Optional.empty(),
            dynamicOptions.options().map(options -> part.dynamically(model, options)));
    Optional<Ranks> ranks = rankingOptions.ranking().map(asked -> part.ranks(model, asked));
    if (!writtenOptions.isAsked()) {
      return new Measured(loss, Optional.empty(), ranks);
    }
    tellUnknown(part.unknownTargets());
    WrittenScores written =
        writtenOptions.write(part, model, uri -> TrainedModel.read(uri, hadoop));
    return new Measured(loss, Optional.of(written), ranks);
  }

  private void tellUnknown(long unknown) {
    if (unknown > 0) {
      spec.commandLine()
          .getErr()
          .printf(
              "The references have <unk> for %s that the vocabulary lacks: `score` with the original texts is exact%n",
              Count.of(unknown, "token"));
    }
  }

  private void print(Split part, Measured measured) {
    List<String> texts = new ArrayList<>(List.of(measured.loss().of(data)));
    measured.written().map(WrittenScores::text).ifPresent(texts::add);
    measured.ranks().map(RankingOptions::text).ifPresent(texts::add);
    result.print(
        List.of(Printable.text(String.join("%n".formatted(), texts))),
        object -> {
          putPlaces(part, object);
          measured.loss().put(object);
          measured.written().ifPresent(written -> written.put(object));
          measured.ranks().ifPresent(ranks -> RankingOptions.put(ranks, object));
        });
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
}
