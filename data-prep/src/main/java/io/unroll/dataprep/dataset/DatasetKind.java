package io.unroll.dataprep.dataset;

import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What the rows of a dataset are. */
public enum DatasetKind {
  /** Running text: {@code (block bigint, tokens array<int>)}, blocks numbered from 0 per split. */
  STREAM,

  /** Captions of images: {@code (image_id bigint, caption_id bigint, tokens array<int>)}. */
  CAPTIONS,

  /** What is read, and a label of it or of each of its steps: see {@link ExampleShape}. */
  EXAMPLES,

  /**
   * Texts of their own: {@code (id bigint, given bigint, tokens array<int>)}, numbered from 0 per
   * split. Each has a begin and an end token; the first {@code given} tokens between them are read
   * only, the others, and the end, are predicted too.
   */
  SEQUENCES;

  /** The column that every kind has, but for examples of vectors. */
  public static final String TOKENS = "tokens";

  static final String GIVEN = "given";

  /** The name in manifests. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The columns of its Parquet files; those of examples are in their {@link ExampleShape}. */
  public StructType schema() {
    StructType identifiers =
        switch (this) {
          case STREAM -> new StructType().add("block", DataTypes.LongType, false);
          case CAPTIONS ->
              new StructType()
                  .add("image_id", DataTypes.LongType, false)
                  .add("caption_id", DataTypes.LongType, false);
          case SEQUENCES ->
              new StructType()
                  .add("id", DataTypes.LongType, false)
                  .add(GIVEN, DataTypes.LongType, false);
          case EXAMPLES -> throw new IllegalStateException("The columns depend on the shape");
        };
    return identifiers.add(TOKENS, DataTypes.createArrayType(DataTypes.IntegerType, false), false);
  }

  /** The columns that tell rows apart and order them: all but the tokens. */
  Column[] identifiers() {
    return Arrays.stream(schema().fieldNames())
        .filter(name -> !name.equals(TOKENS))
        .map(functions::col)
        .toArray(Column[]::new);
  }
}
