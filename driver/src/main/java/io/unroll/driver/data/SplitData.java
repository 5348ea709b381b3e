package io.unroll.driver.data;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.SplitContent;
import io.unroll.driver.config.DataKind;
import io.unroll.worker.data.Example;
import io.unroll.worker.evaluate.Segment;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/** One split of a dataset, dealt out to tasks. How it is dealt depends on the data alone. */
public final class SplitData {
  /** Segments of running text that one evaluation task measures side by side. */
  private static final int SEGMENTS = 16;

  /** Captions, or examples, that one evaluation task measures. */
  private static final int SEQUENCES = 1024;

  private final SparkSession spark;
  private final DatasetDirectory dataset;
  private final Split split;
  private final SplitContent content;
  private final DataKind kind;
  private final boolean text;

  private SplitData(SparkSession spark, DatasetDirectory dataset, Split split) {
    this.spark = spark;
    this.dataset = dataset;
    this.split = split;
    this.content = dataset.manifest().content(split);
    this.kind = DataKind.of(dataset.manifest());
    this.text = kind == DataKind.STREAM;
  }

  /**
   * A split, read through once to make sure that it is what prep wrote.
   *
   * @throws DataException if the dataset does not have it or it is damaged
   */
  public static SplitData open(SparkSession spark, DatasetDirectory dataset, Split split) {
    spark.sparkContext().setJobDescription("verify the %s split".formatted(split.label()));
    dataset.verify(spark, split);
    return new SplitData(spark, dataset, split);
  }

  /**
   * Predictions in the split: n tokens of text give n-1, a caption one less than its tokens, an
   * example one for each label, or one less than the tokens of its text.
   */
  public long predictions() {
    return switch (kind) {
      case STREAM -> Math.max(0, content.tokens() - 1);
      case CAPTIONS -> Math.max(0, content.tokens() - content.rows());
      case SEQUENCES -> content.tokens() - content.rows() - content.given();
      case PAIRS -> content.targetTokens() - content.rows();
      case LABELLED -> content.targets().values().stream().mapToLong(count -> count).sum();
    };
  }

  /** Whether some tokens of its sequences are given, so that what follows is an answer. */
  public boolean hasAnswers() {
    return content.given() > 0;
  }

  /**
   * Confirms that the split gives lanes something to do: a prediction for every stream of text, or
   * one caption at all, since batches of captions may be smaller.
   *
   * @throws DataException if it does not
   */
  public void requireWorkFor(int lanes, int batch) {
    if (predictions() == 0) {
      throw new DataException("Cannot train: the training split has nothing to predict");
    }
    if (text && predictions() / lanes < batch) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              ("Cannot train: %,d predictions in the training split are fewer than %d lanes × %d"
                  + " sequences; use more text, or lower training.batch or averaging.lanes"),
              predictions(),
              lanes,
              batch));
    }
  }

  /**
   * The data of each lane, a partition of its own: equal shares, which are contiguous unless the
   * order is kept.
   *
   * @param ordered whether lanes are to read captions, sequences and examples in their order
   * @param balanced whether seldom labels are to count more, so that all labels count alike
   */
  public JavaRDD<LaneData> lanes(int lanes, boolean ordered, boolean balanced) {
    if (text) {
      return RunningText.ranges(spark, dataset, split, shares(lanes))
          .map(tokens -> new LaneData.Text(tokens));
    }
    Dealing dealing = new Dealing(content.rows(), lanes, ordered);
    if (kind == DataKind.PAIRS) {
      return Examples.groups(spark, dataset, split, dealing)
          .map(examples -> new LaneData.Pairs(examples, ordered));
    }
    if (kind == DataKind.LABELLED) {
      boolean pooled = isPooled();
      float[] weights = balanced ? balancedWeights() : new float[0];
      return Examples.groups(spark, dataset, split, dealing)
          .map(examples -> new LaneData.Labelled(examples, pooled, ordered, weights));
    }
    return SequenceGroups.of(spark, dataset, split, dealing)
        .map(group -> new LaneData.Sequences(group.tokens(), group.given(), ordered));
  }

  /** n / (K n_k) for label k of K, which the split has n_k of n times; 1 for one it lacks. */
  private float[] balancedWeights() {
    double all = predictions();
    int labels = content.targets().size();
    float[] weights = new float[labels];
    int label = 0;
    for (long count : content.targets().values()) {
      weights[label] = count == 0 ? 1f : (float) (all / ((double) labels * count));
      label++;
    }
    return weights;
  }

  private boolean isPooled() {
    return dataset.manifest().examples().orElseThrow().target() == ExampleShape.Target.LABEL;
  }

  /** Token ranges of equal shares of the predictions; neighbours share the token between them. */
  private List<TokenRange> shares(int parts) {
    long predictions = predictions();
    return LongStream.range(0, parts)
        .mapToObj(
            part ->
                new TokenRange(part * predictions / parts, (part + 1) * predictions / parts + 1))
        .toList();
  }

  /**
   * What to measure models on, a partition for each task; the same whatever the cores.
   *
   * @throws DataException if there is nothing to predict
   */
  public JavaRDD<Measurable> measurables() {
    if (predictions() == 0) {
      throw new DataException(
          "Cannot evaluate on split %s of %s: it has nothing to predict"
              .formatted(split.label(), dataset.uri()));
    }
    if (kind == DataKind.PAIRS) {
      return examples().map(examples -> new Measurable.Pairs(examples));
    }
    if (kind == DataKind.LABELLED) {
      return examples().map(examples -> new Measurable.Labelled(examples));
    }
    if (!text) {
      return hasAnswers()
          ? segments().map(segments -> new Measurable.Answers(segments))
          : segments().map(segments -> new Measurable.Text(segments));
    }
    long tokens = content.tokens();
    int groups = Math.toIntExact((Segment.count(tokens) + SEGMENTS - 1) / SEGMENTS);
    List<TokenRange> ranges =
        LongStream.range(0, groups)
            .mapToObj(
                group ->
                    new TokenRange(
                        Segment.firstToken(group * SEGMENTS),
                        Segment.endToken((group + 1) * SEGMENTS - 1, tokens)))
            .toList();
    return RunningText.ranges(spark, dataset, split, ranges)
        .mapPartitionsWithIndex(
            (group, texts) ->
                List.<Measurable>of(
                        new Measurable.Text(
                            segments((long) group * SEGMENTS, texts.next(), tokens)))
                    .iterator(),
            true);
  }

  /** The examples, in order, in groups that are the same whatever the cores. */
  public JavaRDD<List<Example>> examples() {
    return Examples.groups(spark, dataset, split, groups());
  }

  /**
   * The same examples in the same groups, with what each is about. Those about the same are next to
   * each other, but may be in two neighbouring lists.
   */
  public JavaRDD<List<GroupedExample>> groupedExamples() {
    return Examples.grouped(spark, dataset, split, groups());
  }

  /** The captions, or other sequences, likewise. */
  public JavaRDD<List<Segment>> segments() {
    return SequenceGroups.of(spark, dataset, split, groups())
        .map(
            group ->
                IntStream.range(0, group.tokens().length)
                    .mapToObj(x -> Segment.ofSequence(group.tokens()[x], group.given()[x]))
                    .toList());
  }

  /**
   * Some stretches of running text, or sequences, evenly over the split; as many as it has, if
   * these are fewer.
   *
   * @param count how many
   * @param length tokens of a stretch; sequences have their own
   */
  public List<int[]> excerpts(int count, int length) {
    if (!text) {
      return SequenceGroups.of(spark, dataset, split, groups(count))
          .map(group -> group.tokens()[0])
          .collect();
    }
    long room = Math.max(0, content.tokens() - length);
    int found = (int) Math.min(count, 1 + room / length);
    List<TokenRange> ranges =
        LongStream.range(0, found)
            .map(number -> number * room / Math.max(1, found - 1))
            .mapToObj(from -> new TokenRange(from, Math.min(from + length, content.tokens())))
            .toList();
    return RunningText.ranges(spark, dataset, split, ranges).collect();
  }

  /** Some examples, evenly over the split; as many as it has, if these are fewer. */
  public List<Example> someExamples(int count) {
    return Examples.groups(spark, dataset, split, groups(count))
        .map(examples -> examples.get(0))
        .collect();
  }

  private Dealing groups(int most) {
    return Dealing.contiguous(content.rows(), (int) Math.min(most, content.rows()));
  }

  private Dealing groups() {
    long groups = Math.max(1, (content.rows() + SEQUENCES - 1) / SEQUENCES);
    return Dealing.contiguous(content.rows(), Math.toIntExact(groups));
  }

  private static List<Segment> segments(long first, int[] range, long textTokens) {
    long offset = Segment.firstToken(first);
    long end = Math.min(first + SEGMENTS, Segment.count(textTokens));
    return LongStream.range(first, end)
        .mapToObj(
            segment ->
                Segment.ofText(
                    segment,
                    Arrays.copyOfRange(
                        range,
                        (int) (Segment.firstToken(segment) - offset),
                        (int) (Segment.endToken(segment, textTokens) - offset))))
        .toList();
  }

  /** Of each sequence what is predicted, behind the token before it. */
  private static Iterator<int[]> predicted(SequenceGroups.Group group) {
    return IntStream.range(0, group.tokens().length)
        .mapToObj(
            x -> Arrays.copyOfRange(group.tokens()[x], group.given()[x], group.tokens()[x].length))
        .iterator();
  }

  /** All predictions as pairs of neighbours in some sequences, in parts for Spark's sake only. */
  public JavaRDD<int[]> sequences() {
    if (kind == DataKind.PAIRS) {
      return examples().flatMap(examples -> examples.stream().map(Example::targets).iterator());
    }
    int parts = spark.sparkContext().defaultParallelism();
    return text
        ? RunningText.ranges(spark, dataset, split, shares(parts))
        : SequenceGroups.of(spark, dataset, split, Dealing.contiguous(content.rows(), parts))
            .flatMap(SplitData::predicted);
  }
}
