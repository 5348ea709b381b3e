package io.unroll.driver.ml;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Columns of the tables that stages read and write. */
final class Columns {
  private Columns() {}

  /**
   * Refuses a column that is not there, or has no texts, nor arrays of words.
   *
   * @param parameter which names it, for messages
   */
  static void requireTexts(StructType schema, String parameter, String name) {
    require(
        schema,
        parameter,
        name,
        "strings, or of arrays of strings",
        type -> isText(type) || (type instanceof ArrayType array && isText(array.elementType())));
  }

  private static boolean isText(DataType type) {
    return type.equals(DataTypes.StringType);
  }

  /** Refuses a column that is not there. */
  static void require(StructType schema, String parameter, String name) {
    require(schema, parameter, name, "that table", type -> true);
  }

  /** Refuses a column that is not there, or has neither true nor false. */
  static void requireSwitch(StructType schema, String parameter, String name) {
    require(schema, parameter, name, "booleans", DataTypes.BooleanType::equals);
  }

  private static void require(
      StructType schema, String parameter, String name, String what, Predicate<DataType> fits) {
    if (!Arrays.asList(schema.fieldNames()).contains(name)
        || !fits.test(schema.apply(name).dataType())) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (expected a column of %s; there are %s)"
              .formatted(parameter, name, what, String.join(", ", schema.fieldNames())));
    }
  }

  /** The column of that name, which may have dots in it. */
  static Column of(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  /** The schema with one more column. */
  static StructType with(StructType schema, String name, DataType type) {
    if (Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new IllegalArgumentException(
          "Cannot add the column %s: it is there (rename it, or set outputPrefix)".formatted(name));
    }
    return schema.add(name, type, true);
  }
}
