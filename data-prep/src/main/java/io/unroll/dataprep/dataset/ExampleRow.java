package io.unroll.dataprep.dataset;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * An example as Spark's bean encoder makes it: a mutable bean, as {@link TokenRow} is. Arrays that
 * the dataset has no column for are empty.
 */
public final class ExampleRow implements Serializable {
  private static final long serialVersionUID = 1L;

  private long id;
  private long group;
  private int[] tokens;
  private float[] values;
  private int[] targets;
  private int[] characters;
  private int[] wordLengths;

  /** The same rows, typed; in the same order. */
  public static Dataset<ExampleRow> of(Dataset<Row> rows, ExampleShape shape) {
    List<String> there = Arrays.asList(shape.schema().fieldNames());
    return rows.select(
            functions.col(ExampleShape.ID),
            functions
                .col(shape.grouped() ? ExampleShape.GROUP : ExampleShape.ID)
                .as(ExampleShape.GROUP),
            column(DatasetKind.TOKENS, there, "int"),
            column(ExampleShape.VALUES, there, "float"),
            column(ExampleShape.TARGETS, there, "int"),
            column(ExampleShape.CHARACTERS, there, "int"),
            column(ExampleShape.WORD_LENGTHS, there, "int").as("wordLengths"))
        .as(Encoders.bean(ExampleRow.class));
  }

  private static Column column(String name, List<String> there, String element) {
    return there.contains(name)
        ? functions.col(name)
        : functions.expr("cast(array() as array<" + element + ">)").as(name);
  }

  /** Its number in the split, from 0. */
  public long getId() {
    return id;
  }

  public void setId(long id) {
    this.id = id;
  }

  /** What it is about, such as the id of an image; its own number where there are no groups. */
  public long getGroup() {
    return group;
  }

  public void setGroup(long group) {
    this.group = group;
  }

  /** The ids of what is read; empty where vectors are. */
  public int[] getTokens() {
    return tokens;
  }

  public void setTokens(int[] tokens) {
    this.tokens = tokens;
  }

  /** Vectors of F numbers, one after the other; empty where tokens are read. */
  public float[] getValues() {
    return values;
  }

  public void setValues(float[] values) {
    this.values = values;
  }

  /** The id of its label, those of the tags of its steps, or those of its target text. */
  public int[] getTargets() {
    return targets;
  }

  public void setTargets(int[] targets) {
    this.targets = targets;
  }

  /** The ids of the characters of all words, one after the other; may be empty. */
  public int[] getCharacters() {
    return characters;
  }

  public void setCharacters(int[] characters) {
    this.characters = characters;
  }

  /** How many characters each word has. */
  public int[] getWordLengths() {
    return wordLengths;
  }

  public void setWordLengths(int[] wordLengths) {
    this.wordLengths = wordLengths;
  }
}
