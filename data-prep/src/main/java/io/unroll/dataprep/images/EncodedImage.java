package io.unroll.dataprep.images;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What a network says of a picture: R vectors of F numbers, one after the other. */
record EncodedImage(long id, String file, int rows, int columns, float[] values)
    implements Serializable {

  /** The table of them, which {@code prep coco --vectors} reads. */
  static StructType schema() {
    return new StructType()
        .add("image_id", DataTypes.LongType, false)
        .add("file", DataTypes.StringType, false)
        .add("values", DataTypes.createArrayType(DataTypes.FloatType, false), false)
        .add("rows", DataTypes.IntegerType, false)
        .add("columns", DataTypes.IntegerType, false);
  }

  Row row() {
    return RowFactory.create(id, file, values, rows, columns);
  }
}
