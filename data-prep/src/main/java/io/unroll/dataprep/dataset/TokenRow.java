package io.unroll.dataprep.dataset;

import java.io.Serializable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * A row of a split as Spark's bean encoder makes it, which reads arrays alike on every Spark and
 * Scala: a mutable bean, since the encoder knows no records.
 */
public final class TokenRow implements Serializable {
  private static final long serialVersionUID = 1L;

  private long[] identifiers;
  private int[] tokens;

  /** The same rows, typed; in the same order. */
  public static Dataset<TokenRow> of(Dataset<Row> rows, DatasetKind kind) {
    return rows.select(
            functions.array(kind.identifiers()).as("identifiers"),
            functions.col(DatasetKind.TOKENS))
        .as(Encoders.bean(TokenRow.class));
  }

  /** What the columns hold that tell rows apart: block, or image_id and caption_id. */
  public long[] getIdentifiers() {
    return identifiers;
  }

  public void setIdentifiers(long[] identifiers) {
    this.identifiers = identifiers;
  }

  public int[] getTokens() {
    return tokens;
  }

  public void setTokens(int[] tokens) {
    this.tokens = tokens;
  }
}
