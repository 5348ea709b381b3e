package io.unroll.dataprep.lines;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.source.TextLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Records with named columns as in <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>:
 * fields may be in double quotes, with quotes doubled, and hold line breaks then.
 */
final class CsvRecords implements FieldReader {
  /** Far above any record: a quote is missing. */
  private static final int LONGEST = 1 << 22;

  private final TextLines lines;
  private final String name;
  private final LineFormat format;
  private final List<String> columns;
  private final int first;
  private final int second;
  private final int key;
  private long place;

  CsvRecords(TextLines lines, String name, LineFormat format) throws IOException {
    this.lines = lines;
    this.name = name;
    this.format = format;
    try {
      List<String> header = record();
      this.columns = header == null ? List.of() : header;
    } catch (BadExample e) {
      throw new DataException("Cannot read %s, line 1: %s".formatted(name, e.getMessage()), e);
    }
    this.first = column(format.first().column(), format.first().role().label());
    this.second = column(format.second().column(), format.second().role().label());
    this.key = format.key().isEmpty() ? -1 : column(format.key(), "");
  }

  private int column(String column, String role) {
    int index = columns.indexOf(column);
    if (index < 0 || columns.lastIndexOf(column) != index) {
      throw new DataException(
          "Cannot read %s: its first line names %s column '%s' (its columns are %s%s)"
              .formatted(
                  name,
                  index < 0 ? "no" : "more than one",
                  column,
                  String.join(", ", columns),
                  role.isEmpty() ? "" : "; choose one with --column " + role + "=NAME"));
    }
    return index;
  }

  @Override
  public Fields next() throws IOException, BadExample {
    List<String> fields = record();
    if (fields == null) {
      return null;
    }
    if (fields.size() != columns.size()) {
      throw new BadExample(
          Fault.MALFORMED,
          place,
          String.format(
              Locale.ROOT,
              "it has %d columns (expected %d, as the first line has; --skip-bad leaves such records out)",
              fields.size(),
              columns.size()));
    }
    return new Fields(place, fields.get(first), fields.get(second), key < 0 ? "" : fields.get(key));
  }

  /** The next record, or null at the end; blank lines are passed over. */
  private List<String> record() throws IOException, BadExample {
    String line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    if (line == null) {
      return null;
    }
    place = lines.number();
    var record = new StringBuilder(line);
    while (isOpen(record)) {
      String more = lines.next();
      if (more == null || record.length() > LONGEST) {
        throw new BadExample(
            Fault.MALFORMED, place, "a quote that begins in it does not end (add the missing \")");
      }
      record.append('\n').append(more);
    }
    return fields(record);
  }

  private static boolean isOpen(CharSequence record) {
    return record.chars().filter(letter -> letter == '"').count() % 2 != 0;
  }

  private List<String> fields(CharSequence record) {
    List<String> fields = new ArrayList<>();
    var field = new StringBuilder();
    boolean quoted = false;
    for (int x = 0; x < record.length(); x++) {
      char letter = record.charAt(x);
      if (letter == '"') {
        boolean doubled = quoted && x + 1 < record.length() && record.charAt(x + 1) == '"';
        if (doubled) {
          field.append('"');
          x++;
        } else {
          quoted = !quoted;
        }
      } else if (letter == format.separator() && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(letter);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
