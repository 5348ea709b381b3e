package io.unroll.driver.predict;

import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The columns of answers, by what they are. */
public enum AnswerColumns {
  /** Of a classifier: a label and its probability. */
  LABEL(
      new TextAnswer.Column("label", DataTypes.StringType),
      new TextAnswer.Column("probability", DataTypes.DoubleType)),

  /** Of a classifier: a label, and the probabilities of all labels in the vocabulary's order. */
  PROBABILITIES(
      LABEL.columns.get(0), new TextAnswer.Column("probabilities", array(DataTypes.DoubleType))),

  /** Of a tagger: words and their tags. */
  TAGS(
      new TextAnswer.Column("words", array(DataTypes.StringType)),
      new TextAnswer.Column("tags", array(DataTypes.StringType))),

  /** What is written about a text, and its score. */
  WRITTEN(
      new TextAnswer.Column("written", DataTypes.StringType),
      new TextAnswer.Column("score", DataTypes.DoubleType)),

  /** Of a language model: mean loss in nats per token, and tokens. */
  LOSS(
      new TextAnswer.Column("loss", DataTypes.DoubleType),
      new TextAnswer.Column("tokens", DataTypes.IntegerType)),

  /** What a language model writes behind a text. */
  CONTINUATION(new TextAnswer.Column("continuation", DataTypes.StringType)),

  /** A state, or a summary. */
  STATE(new TextAnswer.Column("state", array(DataTypes.FloatType)));

  @SuppressWarnings("ImmutableEnumChecker") // that of List.of is, and so are names and types
  private final List<TextAnswer.Column> columns;

  AnswerColumns(TextAnswer.Column... columns) {
    this.columns = List.of(columns);
  }

  private static ArrayType array(DataType type) {
    return DataTypes.createArrayType(type);
  }

  /** In their order. */
  public List<TextAnswer.Column> columns() {
    return columns;
  }
}
