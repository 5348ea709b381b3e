package io.unroll.dataprep.examples;

import io.unroll.dataprep.dataset.Vocabulary;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Texts of their own to rows: between the tokens that begin and end them, and nothing is given. */
final class SequenceEncoder implements Encoder {
  private static final long serialVersionUID = 1L;

  /** Tokens of a row besides those of the text. */
  static final int ENDS = 2;

  private final Vocabulary vocabulary;
  private final WordEncoder words;

  /**
   * @param vocabulary with tokens that begin and end texts
   */
  SequenceEncoder(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    this.words = new WordEncoder(vocabulary, Optional.empty());
  }

  @Override
  public Row row(long id, RawExample example) {
    int[] text = words.tokens(example.words());
    int[] tokens = new int[text.length + ENDS];
    tokens[0] = vocabulary.begin().orElseThrow();
    System.arraycopy(text, 0, tokens, 1, text.length);
    tokens[tokens.length - 1] = vocabulary.end().orElseThrow();
    return RowFactory.create(id, 0L, tokens);
  }
}
