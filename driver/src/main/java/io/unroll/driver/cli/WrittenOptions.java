package io.unroll.driver.cli;

import io.unroll.driver.evaluate.AboutSource;
import io.unroll.driver.evaluate.SplitEvaluation;
import io.unroll.driver.metric.Comparison;
import io.unroll.driver.metric.CorpusScores;
import io.unroll.driver.model.TrainedModel;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Whether and how the texts that a model writes about a split are scored. */
final class WrittenOptions {
  private static final String DECODE = "--decode";
  private static final String COMPARE = "--compare";

  @Option(
      names = DECODE,
      description =
          "of a model that writes about what it reads: also writes about each example, and scores"
              + " the texts beside those of the split, as the command score does")
  private boolean decode;

  @Mixin private DecodingOption decodingOption;

  @Mixin private MetricOptions metricOptions;

  @Option(
      names = COMPARE,
      paramLabel = "URI",
      description =
          "with --decode: another model that writes about the same examples; tells the difference"
              + " in BLEU, its interval, and p by a paired bootstrap")
  private String other;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Whether texts are to be written. */
  boolean isAsked() {
    return decode;
  }

  /**
   * Refuses what cannot be, before anything is begun.
   *
   * @throws UsageException if options of writing are given without it, or are none
   */
  void check() {
    ParseResult given = command.commandLine().getParseResult();
    if (!decode) {
      Stream.concat(
              DecodingOption.NAMES.stream(),
              Stream.of(MetricOptions.TOKENIZE, MetricOptions.LOWER_CASE, COMPARE))
          .filter(given::hasMatchedOption)
          .findFirst()
          .ifPresent(
              name -> {
                throw new UsageException(
                    "Invalid %s: nothing is written without %s".formatted(name, DECODE));
              });
    }
    decodingOption.options(1);
    metricOptions.bleu();
  }

  /**
   * Refuses to let a model write that does not.
   *
   * @throws UsageException if texts are asked of it
   */
  void refuse(TrainedModel model) {
    if (decode) {
      throw new UsageException(
          "Invalid %s: the model %s %s (expected one that writes texts, trained on pairs)"
              .formatted(DECODE, model.uri(), model.purpose()));
    }
  }

  /**
   * Has a model, and the other one if there is one, write about a split.
   *
   * @param models reads a model from its place
   */
  WrittenScores write(
      SplitEvaluation part, TrainedModel model, Function<String, TrainedModel> models) {
    Optional<TrainedModel> second = Optional.ofNullable(other).map(models);
    second.ifPresent(TrainedModel::writer); // before long work
    CorpusScores scores = scores(part, model);
    return new WrittenScores(scores, second.map(beside -> compared(scores, scores(part, beside))));
  }

  private WrittenScores.Compared compared(CorpusScores scores, CorpusScores others) {
    return new WrittenScores.Compared(
        other, Comparison.of(scores.bleuCounts(), others.bleuCounts()));
  }

  private CorpusScores scores(SplitEvaluation part, TrainedModel model) {
    return CorpusScores.of(
        metricOptions.bleu(),
        part.written(model, decodingOption.options(1)).stream()
            .map(AboutSource::compared)
            .toList());
  }
}
