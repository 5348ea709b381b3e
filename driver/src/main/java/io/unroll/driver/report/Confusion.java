package io.unroll.driver.report;

import java.util.List;

/**
 * Which labels were taken for which.
 *
 * @param place what was measured, in words
 * @param labels their names
 * @param counts row by right label, column by the one that was given; in the order of the labels
 */
public record Confusion(String place, List<String> labels, List<List<Long>> counts) {
  public Confusion {
    boolean square =
        counts.size() == labels.size()
            && counts.stream().allMatch(row -> row.size() == labels.size());
    Checks.require(square, "confusion", counts.size(), "a row and a column for each label");
  }

  /** How often a label was right. */
  long support(int label) {
    return counts.get(label).stream().mapToLong(count -> count).sum();
  }
}
