package io.unroll.dataprep.dataset;

import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What the rows of a dataset are. */
public enum DatasetKind {
  /** Running text: {@code (block bigint, tokens array<int>)}, blocks numbered from 0 per split. */
  STREAM(required("block", DataTypes.LongType)),

  /** Captions of images: {@code (image_id bigint, caption_id bigint, tokens array<int>)}. */
  CAPTIONS(required("image_id", DataTypes.LongType), required("caption_id", DataTypes.LongType));

  /** The column that every kind has. */
  public static final String TOKENS = "tokens";

  private final StructType schema;

  DatasetKind(StructField... identifiers) {
    StructType columns = new StructType(identifiers);
    this.schema =
        columns.add(TOKENS, DataTypes.createArrayType(DataTypes.IntegerType, false), false);
  }

  private static StructField required(String name, DataType type) {
    return DataTypes.createStructField(name, type, false);
  }

  /** The name in manifests. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The columns of its Parquet files. */
  public StructType schema() {
    return schema;
  }

  /** The same columns, to select them by. */
  Column[] columns() {
    return Arrays.stream(schema.fieldNames()).map(functions::col).toArray(Column[]::new);
  }
}
