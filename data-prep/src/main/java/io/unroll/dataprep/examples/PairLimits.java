package io.unroll.dataprep.examples;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.examples.ExampleSettings.PairSettings;
import io.unroll.dataprep.summary.Count;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;

/** Leaves out pairs of texts that are too long, or too different in length, and counts them. */
final class PairLimits {
  private final PairSettings settings;
  private final List<String> notes = new ArrayList<>();

  PairLimits(PairSettings settings) {
    this.settings = settings;
  }

  /** What a pair is by its lengths. */
  private enum Length {
    FITTING,
    LONG,
    UNEVEN
  }

  /** How many pairs of a split are left out. */
  private record Lengths(long tooLong, long uneven) implements Serializable {
    static final Lengths NONE = new Lengths(0, 0);

    Lengths plus(Length length) {
      return new Lengths(
          tooLong + (length == Length.LONG ? 1 : 0), uneven + (length == Length.UNEVEN ? 1 : 0));
    }

    Lengths plus(Lengths other) {
      return new Lengths(tooLong + other.tooLong, uneven + other.uneven);
    }
  }

  /** How many pairs of words have the same text on both sides: by mistake, or as names do. */
  long countIdentical(Map<Split, JavaRDD<RawExample>> pairs) {
    long identical = 0;
    for (JavaRDD<RawExample> some : pairs.values()) {
      identical += some.filter(pair -> Arrays.equals(pair.words(), pair.targetWords())).count();
    }
    if (identical > 0) {
      notes.add("%s with the same text on both sides".formatted(Count.of(identical, "pair")));
    }
    return identical;
  }

  /**
   * The pairs that are left.
   *
   * @param pairs of tokens
   * @throws DataException if a split would have none
   */
  Map<Split, JavaRDD<RawExample>> within(Map<Split, JavaRDD<RawExample>> pairs) {
    if (settings.longest() == 0 && settings.lengthRatio() == 0) {
      return pairs;
    }
    Map<Split, JavaRDD<RawExample>> within = new EnumMap<>(Split.class);
    pairs.forEach((split, all) -> within.put(split, within(split, all)));
    return within;
  }

  private JavaRDD<RawExample> within(Split split, JavaRDD<RawExample> pairs) {
    int longest = settings.longest() == 0 ? Integer.MAX_VALUE : settings.longest();
    boolean compared = split == Split.TRAIN && settings.lengthRatio() > 0;
    double ratio = compared ? settings.lengthRatio() : Double.POSITIVE_INFINITY;
    Lengths left =
        pairs.aggregate(
            Lengths.NONE, (sum, pair) -> sum.plus(length(pair, longest, ratio)), Lengths::plus);
    note(split, left);
    JavaRDD<RawExample> within =
        pairs.filter(pair -> length(pair, longest, ratio) == Length.FITTING);
    if (within.isEmpty()) {
      throw new DataException(
          "Cannot prepare split %s: no pair is left of it by --longest and --length-ratio (allow more)"
              .formatted(split.label()));
    }
    return within;
  }

  private static Length length(RawExample pair, int longest, double ratio) {
    int source = pair.words().length;
    int target = pair.targetWords().length;
    if (Math.max(source, target) > longest) {
      return Length.LONG;
    }
    return Math.max(source, target) > ratio * Math.min(source, target)
        ? Length.UNEVEN
        : Length.FITTING;
  }

  private void note(Split split, Lengths left) {
    if (left.tooLong() > 0) {
      notes.add(
          "%s left out of %s: more than %s on a side (--longest)"
              .formatted(
                  Count.of(left.tooLong(), "pair"),
                  split.label(),
                  Count.of(settings.longest(), "token")));
    }
    if (left.uneven() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s left out of %s: one side has more than %s times the tokens of the other (--length-ratio)",
              Count.of(left.uneven(), "pair"),
              split.label(),
              settings.lengthRatio()));
    }
  }

  /** What deserves a word. */
  List<String> notes() {
    return notes;
  }
}
