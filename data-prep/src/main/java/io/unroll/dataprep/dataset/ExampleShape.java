package io.unroll.dataprep.dataset;

import java.io.Serializable;
import java.util.Locale;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What the examples of a dataset are: what is read, and what is to be said of it.
 *
 * @param vectorSize F, numbers of a vector; 0 where tokens are read
 * @param characters whether the characters of the words are there too
 * @param rareFrom the first id of a token that occurs only once in the training split, since ids go
 *     by descending frequency; the size of the vocabulary if there is none, or if it was counted
 *     elsewhere; 0 where vectors are read
 * @param grouped whether several examples can be about the same, such as captions about an image:
 *     they lie next to each other, and the texts of each are as good as those of the others
 */
public record ExampleShape(
    Source source, int vectorSize, Target target, boolean characters, int rareFrom, boolean grouped)
    implements Serializable {

  static final String ID = "id";
  static final String GROUP = "group";
  static final String VALUES = "values";
  static final String TARGETS = "targets";
  static final String CHARACTERS = "characters";
  static final String WORD_LENGTHS = "word_lengths";

  /** What is read. */
  public enum Source {
    TOKENS,
    VECTORS;

    /** The name in manifests. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is to be said of it. */
  public enum Target {
    /** One label for the whole example. */
    LABEL,

    /** A label for each step. */
    TAGS,

    /** A text of its own, between the tokens that begin and end it. */
    TEXT;

    /** The name in manifests. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ExampleShape {
    boolean vectors = source == Source.VECTORS;
    if (vectors ? vectorSize < 1 : vectorSize != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid vector-size: %d (expected %s)",
              vectorSize,
              vectors ? "at least 1" : "0 for tokens"));
    }
    if (vectors && characters) {
      throw new IllegalArgumentException(
          "Invalid characters: vectors have none (expected them with tokens only)");
    }
    if (vectors ? rareFrom != 0 : rareFrom < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid rare-from: %d (expected %s)",
              rareFrom,
              vectors ? "0 for vectors" : "at least 0"));
    }
    if (grouped && target != Target.TEXT) {
      throw new IllegalArgumentException(
          "Invalid grouped: true (expected it with texts as targets only)");
    }
  }

  /** Examples of tokens. */
  public static ExampleShape ofTokens(Target target, boolean characters, int rareFrom) {
    return new ExampleShape(Source.TOKENS, 0, target, characters, rareFrom, false);
  }

  /** Examples of vectors. */
  public static ExampleShape ofVectors(int vectorSize, Target target) {
    return new ExampleShape(Source.VECTORS, vectorSize, target, false, 0, false);
  }

  /** The same examples in groups. */
  public ExampleShape inGroups() {
    return new ExampleShape(source, vectorSize, target, characters, rareFrom, true);
  }

  /** The columns of the Parquet files. */
  public StructType schema() {
    StructType schema = new StructType().add(ID, DataTypes.LongType, false);
    if (grouped) {
      schema = schema.add(GROUP, DataTypes.LongType, false);
    }
    schema =
        source == Source.TOKENS
            ? schema.add(DatasetKind.TOKENS, array(DataTypes.IntegerType), false)
            : schema.add(VALUES, array(DataTypes.FloatType), false);
    schema = schema.add(TARGETS, array(DataTypes.IntegerType), false);
    return characters
        ? schema
            .add(CHARACTERS, array(DataTypes.IntegerType), false)
            .add(WORD_LENGTHS, array(DataTypes.IntegerType), false)
        : schema;
  }

  private static DataType array(DataType element) {
    return DataTypes.createArrayType(element, false);
  }

  /** Steps of an example: its tokens, or its vectors. */
  int steps(ExampleRow row) {
    return source == Source.TOKENS ? row.getTokens().length : row.getValues().length / vectorSize;
  }
}
