package io.unroll.dataprep.lines;

import java.io.Serializable;
import java.util.Objects;

/**
 * How examples are written in files.
 *
 * @param separator between label and text, or between the columns
 * @param label name of the column with the label
 * @param text name of the column with the text
 * @param key name of the column with the key, by which splits are divided; empty if there is none
 */
public record LineFormat(Form form, char separator, String label, String text, String key)
    implements Serializable {

  /** What a file consists of. */
  public enum Form {
    /** A label, a separator and a text in each line. */
    LINES,

    /** A line with the names of the columns, then records, as in RFC 4180. */
    CSV,

    /** A JSON object in each line. */
    JSONL
  }

  /** The usual one: label, tab, text. */
  public static final LineFormat DEFAULT = new LineFormat(Form.LINES, '\t', "label", "text", "");

  public LineFormat {
    Objects.requireNonNull(form, "form");
    if (form == Form.LINES && !key.isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid split-by: lines have a label and a text, and no other column (expected it with format csv or jsonl)");
    }
    if (label.equals(text)) {
      throw new IllegalArgumentException(
          "Invalid column: label and text are both '%s' (expected two columns)".formatted(label));
    }
  }
}
