package io.unroll.driver.metric;

import java.util.List;

/**
 * A text that was generated, and what it should have been.
 *
 * @param hypothesis what was generated
 * @param references at least one text that would be right
 */
public record Compared(String hypothesis, List<String> references) {
  public Compared {
    references = List.copyOf(references);
    if (references.isEmpty()) {
      throw new IllegalArgumentException("Invalid references: none (expected at least one)");
    }
  }
}
