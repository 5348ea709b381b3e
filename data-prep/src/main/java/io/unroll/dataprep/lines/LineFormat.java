package io.unroll.dataprep.lines;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How examples are written in files.
 *
 * @param separator between the two fields, or between the columns
 * @param first where the first field is, such as a label
 * @param second where the second one is, such as a text
 * @param key name of the column with the key, by which splits are divided; empty if there is none
 */
public record LineFormat(Form form, char separator, Field first, Field second, String key)
    implements Serializable {

  /** What a file consists of. */
  public enum Form {
    /** A field, a separator and another field in each line. */
    LINES,

    /** A line with the names of the columns, then records, as in RFC 4180. */
    CSV,

    /** A JSON object in each line. */
    JSONL
  }

  /**
   * A field of an example.
   *
   * @param column the name of its column, where there are names
   */
  public record Field(FieldRole role, String column) implements Serializable {}

  /** The usual one of labelled texts: label, tab, text. */
  public static final LineFormat DEFAULT = of(Form.LINES, '\t', FieldRole.ofLabels(), Map.of(), "");

  /**
   * The format of two fields.
   *
   * @param roles of the fields, in their order
   * @param columns names of their columns by role; one that is not there has the name of its role
   */
  public static LineFormat of(
      Form form, char separator, List<FieldRole> roles, Map<String, String> columns, String key) {
    List<Field> fields =
        roles.stream()
            .map(role -> new Field(role, columns.getOrDefault(role.label(), role.label())))
            .toList();
    return new LineFormat(form, separator, fields.get(0), fields.get(1), key);
  }

  public LineFormat {
    Objects.requireNonNull(form, "form");
    if (form == Form.LINES && !key.isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid split-by: lines have a %s and a %s, and no other column (expected it with format csv or jsonl)"
              .formatted(first.role().label(), second.role().label()));
    }
    if (first.column().equals(second.column())) {
      throw new IllegalArgumentException(
          "Invalid column: %s and %s are both '%s' (expected two columns)"
              .formatted(first.role().label(), second.role().label(), first.column()));
    }
  }
}
