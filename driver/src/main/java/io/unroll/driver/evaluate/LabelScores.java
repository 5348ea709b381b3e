package io.unroll.driver.evaluate;

import io.unroll.driver.metric.Bootstrap;
import io.unroll.driver.metric.Interval;
import io.unroll.worker.model.Tally;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How a labeler did on a split. Scores of parts add up, in the order of the examples, so that every
 * number is the same on any cluster.
 *
 * @param tally loss and counts
 * @param confusion (K, K): how often label i was given as label j
 * @param examples of each example, how many of its labels were right, and how many it has: twice as
 *     many numbers as examples
 * @param bands right and all by {@link Band}, one after the other; zeros where no tokens are tagged
 */
public record LabelScores(Tally tally, long[] confusion, int[] examples, long[] bands)
    implements Serializable {
  /** How often the training split has a word, as far as its id tells. */
  public enum Band {
    /** Not at all. */
    UNKNOWN("not in training"),
    /** Once. */
    ONCE("once in training"),
    /** More often, but not among the thousand most frequent. */
    SELDOM("not among the 1,000 most frequent"),
    /** Among these, but not among the hundred most frequent. */
    OFTEN("among the 1,000 most frequent"),
    /** Among the hundred most frequent. */
    VERY_OFTEN("among the 100 most frequent");

    private final String text;

    Band(String text) {
      this.text = text;
    }

    /** In words. */
    public String text() {
      return text;
    }
  }

  /** Nothing yet. */
  static LabelScores none(int labels) {
    return new LabelScores(
        Tally.NONE, new long[labels * labels], new int[0], new long[2 * Band.values().length]);
  }

  /** Both together. */
  LabelScores plus(LabelScores other) {
    int[] all = Arrays.copyOf(examples, examples.length + other.examples.length);
    System.arraycopy(other.examples, 0, all, examples.length, other.examples.length);
    return new LabelScores(
        tally.plus(other.tally), sum(confusion, other.confusion), all, sum(bands, other.bands));
  }

  private static long[] sum(long[] a, long[] b) {
    return IntStream.range(0, a.length).mapToLong(x -> a[x] + b[x]).toArray();
  }

  /** K. */
  public int labels() {
    return (int) Math.round(Math.sqrt(confusion.length));
  }

  /** How often label i was given as label j. */
  public long confused(int i, int j) {
    return confusion[i * labels() + j];
  }

  /** How often the split has a label. */
  public long support(int label) {
    return IntStream.range(0, labels()).mapToLong(j -> confused(label, j)).sum();
  }

  private long given(int label) {
    return IntStream.range(0, labels()).mapToLong(i -> confused(i, label)).sum();
  }

  /** Share of the given ones that are right, 0 to 1; 0 if it was never given. */
  public double precision(int label) {
    return given(label) == 0 ? 0 : (double) confused(label, label) / given(label);
  }

  /** Share of those in the split that were found, 0 to 1; 0 if there are none. */
  public double recall(int label) {
    return support(label) == 0 ? 0 : (double) confused(label, label) / support(label);
  }

  /** Harmonic mean of precision and recall. */
  public double f1(int label) {
    long all = support(label) + given(label);
    return all == 0 ? 0 : 2.0 * confused(label, label) / all;
  }

  /** Mean of the F1 of all labels that the split has; that of all predictions is the accuracy. */
  public double macroF1() {
    return IntStream.range(0, labels())
        .filter(label -> support(label) > 0)
        .mapToDouble(this::f1)
        .average()
        .orElse(0);
  }

  /** Share of the labels of a band's words that were right; empty if there are none. */
  public OptionalDouble accuracy(Band band) {
    long all = count(band);
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) bands[place(band)] / all);
  }

  /** Words of a band. */
  public long count(Band band) {
    return bands[place(band) + 1];
  }

  /** Where the two numbers of a band begin. */
  static int place(Band band) {
    return 2 * List.of(Band.values()).indexOf(band);
  }

  /** The interval that the accuracy of 95 of 100 samples of so many examples lies in. */
  public Interval interval() {
    return Interval.of(Bootstrap.statistics(examples.length / 2, this::rightShare));
  }

  private double rightShare(int[] drawn) {
    long right = 0;
    long all = 0;
    for (int example : drawn) {
      right += examples[2 * example];
      all += examples[2 * example + 1];
    }
    return (double) right / Math.max(1, all);
  }
}
