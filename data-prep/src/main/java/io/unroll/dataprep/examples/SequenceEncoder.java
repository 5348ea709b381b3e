package io.unroll.dataprep.examples;

import io.unroll.dataprep.dataset.Vocabulary;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Texts of their own to rows: between the tokens that begin and end them, and nothing is given. */
final class SequenceEncoder implements Encoder {
  private static final long serialVersionUID = 1L;

  private final EndedText text;

  /**
   * @param vocabulary with tokens that begin and end texts
   */
  SequenceEncoder(Vocabulary vocabulary) {
    this.text = new EndedText(vocabulary);
  }

  @Override
  public Row row(long id, RawExample example) {
    return RowFactory.create(id, 0L, text.ids(example.words()));
  }
}
