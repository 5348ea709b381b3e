package io.unroll.dataprep.dataset;

import io.unroll.dataprep.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Looks whether the examples of a split are what its manifest says. */
final class ExampleCheck {
  private final DatasetDirectory dataset;
  private final ExampleShape shape;
  private final String directory;
  private final SplitContent content;
  private final List<Expectation> expectations = new ArrayList<>();

  /**
   * A number that is counted, and what it must be.
   *
   * @param what is counted, for messages
   * @param sum in Spark's SQL
   */
  private record Expectation(String what, String sum, long expected) {}

  ExampleCheck(DatasetDirectory dataset, Split split, ExampleShape shape) {
    this.dataset = dataset;
    this.shape = shape;
    this.directory = dataset.directory(split).toString();
    this.content = dataset.manifest().content(split);
  }

  /**
   * Reads all columns once, then labels or groups once more.
   *
   * @throws DataException if something does not hold
   */
  void check(Dataset<Row> rows) {
    expect("rows", "count(*)", content.rows());
    expectIds();
    String steps = shape.source() == ExampleShape.Source.TOKENS ? expectTokens() : expectValues();
    expect("steps", "coalesce(sum(" + steps + "), 0)", content.tokens());
    expect("steps in its longest example", "coalesce(max(" + steps + "), 0)", content.longest());
    if (shape.target() == ExampleShape.Target.TEXT) {
      expectTexts();
    } else {
      expectLabels(steps);
    }
    if (shape.characters()) {
      expectCharacters(steps);
    }
    Row found =
        rows.selectExpr(
                expectations.stream()
                    .map(expectation -> "cast(" + expectation.sum() + " as bigint)")
                    .toArray(String[]::new))
            .first();
    for (int x = 0; x < expectations.size(); x++) {
      compare(expectations.get(x), found.getLong(x));
    }
    if (shape.target() != ExampleShape.Target.TEXT) {
      checkCounts(rows);
    }
    if (shape.grouped()) {
      checkGroups(rows);
    }
  }

  private void expectIds() {
    long last = content.rows() - 1;
    expect(
        "examples numbered from 0",
        String.format(Locale.ROOT, "count_if(id between 0 and %d)", last),
        content.rows());
    expect("different examples", "count(distinct id)", content.rows());
  }

  /** Returns the number of steps of a row, in SQL. */
  private String expectTokens() {
    expectNone("examples without tokens", "size(tokens) < 1");
    expectNone("examples with token ids that there are not", outside("tokens", tokens()));
    return "size(tokens)";
  }

  private String expectValues() {
    String vectors = String.format(Locale.ROOT, "size(values) div %d", shape.vectorSize());
    expectNone(
        String.format(Locale.ROOT, "examples that are not vectors of %d", shape.vectorSize()),
        String.format(
            Locale.ROOT, "size(values) < 1 or size(values) %% %d <> 0", shape.vectorSize()));
    expectNone(
        "examples with values that are no finite numbers",
        "exists(values, v -> v is null or isnan(v) or abs(v) = float('infinity'))");
    return vectors;
  }

  private void expectLabels(String steps) {
    boolean label = shape.target() == ExampleShape.Target.LABEL;
    expectNone(
        label ? "examples without one label" : "examples without one tag for each step",
        "size(targets) <> " + (label ? "1" : steps));
    expectNone(
        "examples with label ids that there are not",
        outside(ExampleShape.TARGETS, dataset.labels().size()));
  }

  private void expectTexts() {
    Vocabulary targets = dataset.targets();
    expectNone(
        "examples without a target text between its begin and its end",
        String.format(
            Locale.ROOT,
            "size(targets) < 3 or targets[0] <> %d or element_at(targets, -1) <> %d",
            targets.begin().orElseThrow(),
            targets.end().orElseThrow()));
    expectNone(
        "examples with target ids that there are not",
        outside(ExampleShape.TARGETS, targets.size()));
    expect("target tokens", "coalesce(sum(size(targets)), 0)", content.targetTokens());
    expect(
        "tokens in its longest target", "coalesce(max(size(targets)), 0)", content.longestTarget());
  }

  private void expectCharacters(String steps) {
    expectNone("examples without one length for each word", "size(word_lengths) <> " + steps);
    expectNone(
        "examples with words without characters", "exists(word_lengths, n -> n is null or n < 1)");
    expectNone(
        "examples with other characters than their words have",
        "aggregate(word_lengths, 0L, (sum, n) -> sum + n) <> size(characters)");
    expectNone(
        "examples with character ids that there are not",
        outside(ExampleShape.CHARACTERS, dataset.characters().orElseThrow().size()));
  }

  private int tokens() {
    return dataset.vocabulary().size();
  }

  private static String outside(String column, int size) {
    return String.format(
        Locale.ROOT, "exists(%s, x -> x is null or x < 0 or x >= %d)", column, size);
  }

  private void expectNone(String what, String condition) {
    expect(what, "count_if(" + condition + ")", 0);
  }

  private void expect(String what, String sum, long expected) {
    expectations.add(new Expectation(what, sum, expected));
  }

  private void compare(Expectation expectation, long found) {
    if (found != expectation.expected()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot read %s: it has %,d %s (expected %,d)",
              directory,
              found,
              expectation.what(),
              expectation.expected()));
    }
  }

  /** A group whose numbers have gaps has examples of others between its own. */
  private void checkGroups(Dataset<Row> rows) {
    long apart =
        rows.groupBy(ExampleShape.GROUP)
            .agg(functions.expr("max(id) - min(id) + 1 <> count(*)").as("apart"))
            .filter("apart")
            .count();
    compare(new Expectation("groups whose examples are apart from each other", "", 0), apart);
  }

  private void checkCounts(Dataset<Row> rows) {
    Map<String, Long> found = TargetCounts.of(rows, dataset.labels());
    found.forEach(
        (label, count) -> {
          long expected = content.targets().get(label);
          compare(new Expectation("targets '" + label + "'", "", expected), count);
        });
  }
}
