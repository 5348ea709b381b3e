package io.unroll.driver.sample;

import io.unroll.dataprep.dataset.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Spells tokens one after the other. What a token adds to a text depends on the last one before it
 * that shows, as does the blank between two words; one that ends within a character waits for the
 * next. The pieces together are what the vocabulary makes of all tokens at once.
 */
public final class Spelling {
  private static final int NONE = -1;

  /** Bytes of one in UTF-8, and so most tokens that wait. */
  private static final int LONGEST_CHARACTER = 4;

  private final Vocabulary vocabulary;
  private int last = NONE;

  /** Tokens after the last one that end within a character. */
  private final List<Integer> waiting = new ArrayList<>();

  /**
   * Begins.
   *
   * @param before tokens that are spelled already
   */
  public Spelling(Vocabulary vocabulary, int[] before) {
    this.vocabulary = vocabulary;
    for (int token : before) {
      add(token);
    }
  }

  /** What the next token adds to the text. */
  public String add(int token) {
    waiting.add(token);
    if (waiting.size() < LONGEST_CHARACTER && endWithinCharacter()) {
      return "";
    }
    IntStream added = waiting.stream().mapToInt(Integer::intValue);
    String text =
        last == NONE
            ? vocabulary.decode(added.toArray())
            : vocabulary
                .decode(IntStream.concat(IntStream.of(last), added).toArray())
                .substring(vocabulary.decode(new int[] {last}).length());
    waiting.clear();
    if (!text.isEmpty()) {
      last = token;
    }
    return text;
  }

  private boolean endWithinCharacter() {
    return vocabulary
        .tokenizer()
        .endWithinCharacter(waiting.stream().map(vocabulary::token).toList());
  }
}
