package io.unroll.driver.evaluate;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.driver.config.DataKind;
import io.unroll.driver.data.GroupedExample;
import io.unroll.driver.data.Measurable;
import io.unroll.driver.data.SplitData;
import io.unroll.driver.model.Task;
import io.unroll.driver.model.TrainedModel;
import io.unroll.driver.model.Vocabularies;
import io.unroll.driver.transfer.Retries;
import io.unroll.worker.decode.DecodingOptions;
import io.unroll.worker.model.Column;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.Tally;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Measures models on one split of a dataset, each by a Spark job. */
public final class SplitEvaluation {
  /** Of tokens that do not tell how many bytes they stand for. */
  static final int UNTOLD = -1;

  /** Tasks for each core, so that none waits for another for long. */
  private static final int RANKING_TASKS = 4;

  private final SparkSession spark;
  private final DatasetDirectory dataset;
  private final Split split;

  /** Null until a model is there that can be measured: opening reads the whole split. */
  private SplitData opened;

  /** Opens nothing yet. */
  public SplitEvaluation(SparkSession spark, DatasetDirectory dataset, Split split) {
    this.spark = spark;
    this.dataset = dataset;
    this.split = split;
  }

  /** The test split, or the validation split where there is no test split. */
  public static Split usual(DatasetDirectory dataset) {
    Set<Split> splits = dataset.manifest().splits().keySet();
    return splits.contains(Split.TEST) || !splits.contains(Split.VALID) ? Split.TEST : Split.VALID;
  }

  /** What is measured on. */
  public DatasetDirectory dataset() {
    return dataset;
  }

  /** The part of it. */
  public Split split() {
    return split;
  }

  /**
   * Measures a model, with rows for tokens of the dataset that it does not know.
   *
   * @throws DataException if model and dataset each have tokens that the other lacks, the dataset
   *     does not have the split, or that is damaged
   */
  public Tally of(TrainedModel model) {
    TrainedModel fitted = model.fittedTo(dataset);
    SplitData tokens = tokens();
    JavaSparkContext context = context("evaluate on the %s split".formatted(split.label()));
    return Retries.untilWhole(
        "the evaluation",
        () ->
            EvaluationJob.run(
                context, tokens.measurables(), fitted.architecture(), fitted.parameters()));
  }

  /**
   * Measures language models that predict together: the mean of their probabilities counts.
   *
   * @param models at least one
   * @throws DataException as {@link #of}; also if the dataset has answers
   */
  public Tally together(List<TrainedModel> models) {
    List<Measurable.Voter> voters =
        models.stream()
            .map(model -> model.fittedTo(dataset))
            .map(model -> new Measurable.Voter(model.language(), model.parameters()))
            .toList();
    SplitData tokens = tokens();
    if (tokens.hasAnswers()) {
      throw new DataException(
          "Cannot let models vote on %s: it asks for answers (expected text without, or labels)"
              .formatted(dataset.uri()));
    }
    JavaSparkContext context = context("evaluate on the %s split".formatted(split.label()));
    return Retries.untilWhole(
        "the evaluation", () -> EvaluationJob.together(context, tokens.measurables(), voters));
  }

  /**
   * Measures a language model that goes on learning from the text that it is measured on.
   *
   * @throws DataException as {@link #of}; if the dataset is not running text, or has no training
   *     split; or if the loss does not stay finite
   */
  public Tally dynamically(TrainedModel model, DynamicOptions options) {
    if (DataKind.of(dataset.manifest()) != DataKind.STREAM) {
      throw new DataException(
          "Cannot evaluate dynamically on %s: its sequences are apart (expected running text)"
              .formatted(dataset.uri()));
    }
    TrainedModel fitted = model.fittedTo(dataset);
    SplitData train = SplitData.open(spark, dataset, Split.TRAIN);
    SplitData measured = tokens();
    DynamicEvaluation evaluation =
        new DynamicEvaluation(
            context("evaluate dynamically on the %s split".formatted(split.label())),
            (LanguageArchitecture) fitted.architecture(),
            options);
    return Retries.untilWhole(
        "the dynamic evaluation", () -> evaluation.run(train, measured, fitted.parameters()));
  }

  /**
   * Scores labelers in detail: one, or several that answer together.
   *
   * @param models at least one
   * @throws DataException if it is none, was not trained on examples with the same ids, the dataset
   *     does not have the split, or that is damaged
   */
  public LabelScores scores(List<TrainedModel> models) {
    Task task = Task.of(dataset);
    List<LabelEvaluation.Voter> voters =
        models.stream()
            .map(model -> model.fittedTo(dataset))
            .map(model -> new LabelEvaluation.Voter(model.labeler(), model.parameters()))
            .toList();
    SplitData examples = tokens();
    JavaSparkContext context = context("evaluate on the %s split".formatted(split.label()));
    int unknown =
        task.vocabularies().find(Column.TOKENS).map(t -> t.unknown().orElse(-1)).orElse(-1);
    int once = task.examples().map(ExampleShape::rareFrom).orElse(0);
    return Retries.untilWhole(
        "the evaluation",
        () ->
            LabelEvaluation.run(
                context, examples.examples(), voters, new LabelEvaluation.Bands(unknown, once)));
  }

  /**
   * Has an encoder-decoder write about the split.
   *
   * @return a text for each source, in the order of the examples, with the split's own as
   *     references
   * @throws DataException if the model writes no texts, was not trained on pairs with the same ids,
   *     the dataset does not have the split, or that is damaged
   */
  public List<AboutSource> written(TrainedModel model, DecodingOptions options) {
    TrainedModel fitted = model.fittedTo(dataset);
    DecodingJob.Writer writer =
        new DecodingJob.Writer(
            fitted.writer(), fitted.parameters(), fitted.vocabularies().written(), options);
    SplitData examples = tokens();
    JavaSparkContext context = context("write about the %s split".formatted(split.label()));
    return Retries.untilWhole(
        "the texts", () -> DecodingJob.run(context, examples.groupedExamples(), writer));
  }

  /**
   * Asks an encoder-decoder which source a text is about, or which text is about a source.
   *
   * @throws DataException if the model writes no texts, was not trained on pairs with the same ids,
   *     there is only one source, there are too many to compare all, the dataset does not have the
   *     split, or that is damaged
   */
  public Ranks ranks(TrainedModel model, Ranking ranking) {
    TrainedModel fitted = model.fittedTo(dataset);
    EncoderDecoderArchitecture writer = fitted.writer();
    SplitData data = tokens();
    JavaSparkContext context =
        context("rank %s of the %s split".formatted(ranking.ranked().label(), split.label()));
    List<GroupedExample> examples = data.groupedExamples().flatMap(List::iterator).collect();
    long sources = examples.stream().mapToLong(GroupedExample::group).distinct().count();
    if (sources < 2) {
      throw new DataException(
          "Cannot rank the %s split of %s: all its texts are about one source (expected at least two)"
              .formatted(split.label(), dataset.uri()));
    }
    if (ranking.others() == 0 && sources > Ranking.MOST) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot compare all %,d sources of the %s split (expected at most %,d, or --among N for N of them)",
              sources,
              split.label(),
              Ranking.MOST));
    }
    var candidates = new Candidates(ranking, examples);
    var question = new RankingJob.Question(writer, fitted.parameters(), candidates);
    int tasks = Math.min(examples.size(), RANKING_TASKS * context.defaultParallelism());
    List<Integer> ranks =
        Retries.untilWhole("the ranks", () -> RankingJob.run(context, question, tasks));
    return new Ranks(ranking, candidates.of(0).size(), ranks);
  }

  /** Tokens of the split's target texts that the vocabulary lacks; they are {@code <unk>}. */
  public long unknownTargets() {
    return dataset.manifest().content(split).targetUnknown();
  }

  /**
   * Measures what counting the labels of the training split achieves.
   *
   * @throws DataException if no tokens are read
   */
  public List<LabelBaseline> labelBaselines() {
    Task task = Task.of(dataset);
    task.vocabularies().tokens();
    SplitData counted = SplitData.open(spark, dataset, Split.TRAIN);
    return LabelBaseline.of(
        context("count labels"),
        counted.examples(),
        tokens().examples(),
        task.predicted().size(),
        task.examples().orElseThrow().target() == ExampleShape.Target.TAGS);
  }

  /** Measures what counting on the training split achieves. */
  public NgramBaseline ngrams() {
    SplitData counted = SplitData.open(spark, dataset, Split.TRAIN);
    SplitData judged = tokens();
    return NgramBaseline.of(
        context("count unigrams and bigrams"),
        counted.sequences(),
        judged.sequences(),
        dataset.vocabulary().size());
  }

  /**
   * Bytes of UTF-8 that the tokens to predict stand for; empty where one of them does not tell, as
   * words do not.
   */
  public OptionalLong bytes() {
    Vocabulary vocabulary = Vocabularies.of(dataset).predicted();
    int[] bytes =
        vocabulary.tokens().stream()
            .mapToInt(token -> vocabulary.tokenizer().bytes(token).orElse(UNTOLD))
            .toArray();
    if (IntStream.of(bytes).allMatch(count -> count == UNTOLD)) {
      return OptionalLong.empty();
    }
    return TextBytes.of(context("count bytes"), tokens().sequences(), bytes);
  }

  private SplitData tokens() {
    if (opened == null) {
      opened = SplitData.open(spark, dataset, split);
    }
    return opened;
  }

  private JavaSparkContext context(String description) {
    spark.sparkContext().setJobDescription(description);
    return new JavaSparkContext(spark.sparkContext());
  }
}
