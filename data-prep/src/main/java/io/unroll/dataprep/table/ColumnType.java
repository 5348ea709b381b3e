package io.unroll.dataprep.table;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** What columns may hold. */
public enum ColumnType {
  TEXT("string"),
  NAME("string, boolean or whole numbers"),
  TEXTS("array<string>"),
  NAMES("string or whole numbers, or an array of them"),
  NUMBERS("array of numbers, or array of arrays of numbers"),
  ORDER("numbers, string, date or timestamp");

  private final String words;

  ColumnType(String words) {
    this.words = words;
  }

  /** In words, for messages. */
  String words() {
    return words;
  }

  boolean isArray() {
    return this == TEXTS || this == NUMBERS;
  }

  boolean takes(DataType type) {
    return switch (this) {
      case TEXT -> type instanceof StringType;
      case NAME -> isName(type);
      case TEXTS -> type instanceof ArrayType array && array.elementType() instanceof StringType;
      case NAMES ->
          isName(type) || (type instanceof ArrayType array && isName(array.elementType()));
      case NUMBERS ->
          isNumbers(type) || (type instanceof ArrayType a && isNumbers(a.elementType()));
      case ORDER ->
          type instanceof NumericType
              || type instanceof StringType
              || type instanceof DateType
              || type instanceof TimestampType
              || type instanceof TimestampNTZType;
    };
  }

  private static boolean isName(DataType type) {
    return type instanceof StringType
        || type instanceof BooleanType
        || type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType
        || (type instanceof DecimalType decimal && decimal.scale() == 0);
  }

  private static boolean isNumbers(DataType type) {
    return type instanceof ArrayType array && array.elementType() instanceof NumericType;
  }
}
