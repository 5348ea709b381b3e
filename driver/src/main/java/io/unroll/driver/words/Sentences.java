package io.unroll.driver.words;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The words of a dataset's rows, sentence by sentence, without special tokens. */
final class Sentences implements Iterator<String[]> {
  private final Vocabulary vocabulary;
  private final int longest;
  private final boolean rowsAreSentences;
  private final Iterator<int[]> rows;
  private final List<String> words = new ArrayList<>();
  private int[] row = {};
  private int position;

  /**
   * @param longest most words of a sentence; what follows is another one
   * @param rowsAreSentences whether a sentence ends with its row; else with {@code <eos>}
   * @param rows ids of tokens, in order
   */
  Sentences(Vocabulary vocabulary, int longest, boolean rowsAreSentences, Iterator<int[]> rows) {
    this.vocabulary = vocabulary;
    this.longest = longest;
    this.rowsAreSentences = rowsAreSentences;
    this.rows = rows;
  }

  @Override
  public boolean hasNext() {
    return !words.isEmpty() || readSentence();
  }

  @Override
  public String[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException("There are no more sentences");
    }
    String[] sentence = words.toArray(String[]::new);
    words.clear();
    return sentence;
  }

  /** Returns false at the end, where no word is left. */
  private boolean readSentence() {
    while (words.size() < longest) {
      if (position == row.length) {
        if ((!words.isEmpty() && rowsAreSentences) || !rows.hasNext()) {
          break;
        }
        row = rows.next();
        position = 0;
      } else if (ends(vocabulary.token(row[position++]))) {
        break;
      }
    }
    return !words.isEmpty();
  }

  /** Takes a token; returns true if it ends a sentence that has words. */
  private boolean ends(String token) {
    if (token.equals(Tokenizer.END)) {
      return !words.isEmpty();
    }
    if (!WordVectors.isSpecial(token)) {
      words.add(token);
    }
    return false;
  }
}
