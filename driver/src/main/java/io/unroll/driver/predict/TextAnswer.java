package io.unroll.driver.predict;

import java.util.List;
import org.apache.spark.sql.types.DataType;

/**
 * What a model says of one text.
 *
 * @param line as text
 * @param values by column of {@link TextModel#columns}; null where the text is empty
 */
public record TextAnswer(String line, List<Object> values) {
  /** A column of a table of answers. */
  public record Column(String name, DataType type) {}
}
