package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.summary.Count;
import io.unroll.driver.evaluate.LabelBaseline;
import io.unroll.driver.evaluate.LabelScores;
import io.unroll.driver.evaluate.LabelScores.Band;
import io.unroll.driver.metric.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The scores of a labeler, for people and as JSON. */
final class LabelText {
  /** Labels in a matrix that a terminal has room for. */
  private static final int WIDEST = 20;

  /** Letters of a label at the head of a column. */
  private static final int LETTERS = 6;

  private static final int PERCENT = 100;

  private final Vocabulary labels;
  private final LabelScores scores;
  private final List<LabelBaseline> baselines;

  LabelText(Vocabulary labels, LabelScores scores, List<LabelBaseline> baselines) {
    this.labels = labels;
    this.scores = scores;
    this.baselines = baselines;
  }

  /** All of it, without the last line's end. */
  String of(Split split, String data) {
    StringBuilder text = new StringBuilder();
    Interval interval = scores.interval();
    append(
        text,
        "%s of %s, %s: accuracy %.2f %% (95 %% interval %.2f to %.2f), macro F1 %.2f %%, loss %.4f nats per label",
        split.label(),
        data,
        Count.of(scores.tally().predictions(), "label"),
        PERCENT * scores.tally().accuracy(),
        PERCENT * interval.low(),
        PERCENT * interval.high(),
        PERCENT * scores.macroF1(),
        scores.tally().meanLoss());
    for (LabelBaseline counted : baselines) {
      append(
          text,
          "%nfor comparison: %s: accuracy %.2f %%",
          counted.name(),
          PERCENT * counted.accuracy());
    }
    bands(text);
    perLabel(text);
    if (scores.labels() <= WIDEST) {
      matrix(text);
    }
    return text.toString().stripTrailing();
  }

  private void bands(StringBuilder text) {
    for (Band band : Band.values()) {
      OptionalDouble accuracy = scores.accuracy(band);
      if (accuracy.isPresent()) {
        append(
            text,
            "%nwords %-34s %,8d   accuracy %6.2f %%",
            band.text(),
            scores.count(band),
            PERCENT * accuracy.getAsDouble());
      }
    }
  }

  private void perLabel(StringBuilder text) {
    append(text, "%n%n%-16s %9s %9s %9s %9s", "label", "precision", "recall", "F1", "support");
    for (int label : inOrder()) {
      append(
          text,
          "%n%-16s %9.2f %9.2f %9.2f %,9d",
          labels.token(label),
          PERCENT * scores.precision(label),
          PERCENT * scores.recall(label),
          PERCENT * scores.f1(label),
          scores.support(label));
    }
  }

  /** The most frequent first. */
  private List<Integer> inOrder() {
    return IntStream.range(0, scores.labels())
        .boxed()
        .sorted(Comparator.comparingLong(label -> -scores.support(label)))
        .toList();
  }

  private void matrix(StringBuilder text) {
    append(text, "%n%n%-16s", "right \\ given");
    List<Integer> order = inOrder();
    for (int label : order) {
      String name = labels.token(label);
      append(text, " %6s", name.substring(0, Math.min(LETTERS, name.length())));
    }
    for (int right : order) {
      append(text, "%n%-16s", labels.token(right));
      for (int given : order) {
        append(text, " %6d", scores.confused(right, given));
      }
    }
  }

  /**
   * As fields of a JSON object.
   *
   * @param tags whether words were tagged: then the accuracy on unknown words is told, too
   */
  void put(boolean tags, ObjectNode object) {
    object.put("accuracy", scores.tally().accuracy());
    Interval interval = scores.interval();
    ResultOption.put(object, "accuracy-interval", interval);
    object.put("macro-f1", scores.macroF1());
    object.put("micro-f1", scores.tally().accuracy());
    object.put("loss", scores.tally().meanLoss());
    object.put("labels", scores.tally().predictions());
    object.put("examples", scores.examples().length / 2);
    if (tags) {
      OptionalDouble unknown = scores.accuracy(Band.UNKNOWN);
      object.put("accuracy-unknown", unknown.isPresent() ? unknown.getAsDouble() : null);
      object.put("unknown", scores.count(Band.UNKNOWN));
    }
    if (!baselines.isEmpty()) {
      ObjectNode counted = object.putObject("baselines");
      baselines.forEach(each -> counted.put(each.name(), each.accuracy()));
    }
    ObjectNode perLabel = object.putObject("per-label");
    ArrayNode confusion = object.putArray("confusion");
    for (int label = 0; label < scores.labels(); label++) {
      perLabel
          .putObject(labels.token(label))
          .put("precision", scores.precision(label))
          .put("recall", scores.recall(label))
          .put("f1", scores.f1(label))
          .put("support", scores.support(label));
      ArrayNode row = confusion.addArray();
      for (int given = 0; given < scores.labels(); given++) {
        row.add(scores.confused(label, given));
      }
    }
  }

  private static void append(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }
}
