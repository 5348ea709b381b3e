package io.unroll.dataprep.examples;

import io.unroll.dataprep.dataset.Vocabulary;
import java.io.Serializable;
import java.util.Optional;

/** The words of a text to ids, between the tokens that begin and end it. */
final class EndedText implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Ids besides those of the words. */
  static final int ENDS = 2;

  private final int begin;
  private final int end;
  private final WordEncoder words;

  /**
   * @param vocabulary with tokens that begin and end texts
   */
  EndedText(Vocabulary vocabulary) {
    this.begin = vocabulary.begin().orElseThrow();
    this.end = vocabulary.end().orElseThrow();
    this.words = new WordEncoder(vocabulary, Optional.empty());
  }

  int[] ids(String[] text) {
    int[] within = words.tokens(text);
    int[] ids = new int[within.length + ENDS];
    ids[0] = begin;
    System.arraycopy(within, 0, ids, 1, within.length);
    ids[ids.length - 1] = end;
    return ids;
  }
}
