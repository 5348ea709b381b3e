package io.unroll.dataprep.dataset;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is to be written of a split.
 *
 * @param rows with the columns of the kind, in the order in which they are to lie in the files
 * @param tokens ids in all rows: what is written must have as many
 * @param targetTokens the same of target texts; 0 where there are none
 * @param images images of the split; 0 in other kinds than captions
 */
public record SplitRows(Dataset<Row> rows, long tokens, long targetTokens, long images) {

  /** A split without target texts. */
  public SplitRows(Dataset<Row> rows, long tokens, long images) {
    this(rows, tokens, 0, images);
  }
}
