package io.unroll.dataprep.lines;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.source.TextLines;
import java.io.IOException;
import java.util.regex.Pattern;

/** Lines of a label, a separator and a text. Blank lines are passed over. */
final class PlainLines implements FieldReader {
  private static final Pattern CONLLU = Pattern.compile("[0-9]+([-.][0-9]+)?(\t[^\t]*){9}");

  private final TextLines lines;
  private final String name;
  private final char separator;
  private boolean begun;

  PlainLines(TextLines lines, String name, char separator) {
    this.lines = lines;
    this.name = name;
    this.separator = separator;
  }

  @Override
  public Fields next() throws IOException, BadExample {
    String line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    if (line == null) {
      return null;
    }
    if (!begun) {
      requireLines(line);
      begun = !line.startsWith("#");
    }
    int end = line.indexOf(separator);
    if (end < 0) {
      throw new BadExample(
          Fault.NO_LABEL,
          lines.number(),
          "it has no %s between label and text (expected a label, a %1$s and a text; --separator names another, --format another form, and --skip-bad leaves such lines out)"
              .formatted(LineSeparators.name(separator)));
    }
    return new Fields(lines.number(), line.substring(0, end), line.substring(end + 1), "");
  }

  /** Files of another kind are told by how they begin. */
  private void requireLines(String line) {
    char first = line.strip().charAt(0);
    if (first == '{' || first == '[') {
      throw new DataException(
          "Cannot read %s: it looks like JSON (expected lines of a label and a text; --format jsonl reads an object a line, and prep coco reads COCO's captions)"
              .formatted(name));
    }
    if (CONLLU.matcher(line).matches() || line.startsWith("# sent_id")) {
      throw new DataException(
          "Cannot read %s: it looks like CoNLL-U (expected lines of a label and a text; prep conllu reads it)"
              .formatted(name));
    }
  }
}
