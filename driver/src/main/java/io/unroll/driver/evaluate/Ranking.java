package io.unroll.driver.evaluate;

import java.io.Serializable;
import java.util.Locale;

/**
 * Which of several sources a text is about, or which of several texts is about a source, as a model
 * answers by what is likelier.
 *
 * @param ranked what is put in order for each text of a split
 * @param others how many wrong ones are drawn for each text; 0: all that there are
 */
public record Ranking(Ranked ranked, int others) implements Serializable {
  /** Most sources whose texts are ranked among all of them: their losses are measured for each. */
  static final int MOST = 2048;

  /** What is put in order. */
  public enum Ranked {
    /** log p(text | source) over the sources, of a fixed text. */
    SOURCES,
    /** log p(text | source) over the texts, of a fixed source. */
    TEXTS;

    /** The name on the command line. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Ranking {
    if (others < 0) {
      throw new IllegalArgumentException("Invalid others: " + others);
    }
  }
}
