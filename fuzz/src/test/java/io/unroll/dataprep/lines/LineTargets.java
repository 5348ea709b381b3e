package io.unroll.dataprep.lines;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.source.TextLines;
import io.unroll.fuzz.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The parsers of labelled texts and of pairs. Unroll writes neither. */
public final class LineTargets {
  private LineTargets() {}

  public static List<Target> all() {
    return List.of(
        target("lines", LineFormat.DEFAULT),
        target("lines-csv", format(LineFormat.Form.CSV, ',', FieldRole.ofLabels(), "id")),
        target("lines-jsonl", format(LineFormat.Form.JSONL, '\t', FieldRole.ofLabels(), "id")),
        target("pairs", format(LineFormat.Form.LINES, '\t', FieldRole.ofPairs(), "")));
  }

  private static LineFormat format(
      LineFormat.Form form, char separator, List<FieldRole> roles, String key) {
    return LineFormat.of(form, separator, roles, Map.of(), key);
  }

  private static Target target(String name, LineFormat format) {
    return Target.of(name, file -> fields(file, format), DataException.class);
  }

  /** What is wrong with an example is told with its file by whoever reads. */
  private static Target.Check fields(byte[] file, LineFormat format) throws IOException {
    try (var lines = new TextLines(new ByteArrayInputStream(file), Target.FILE)) {
      FieldReader fields = LineFile.fields(lines, Target.FILE, format);
      Fields found = fields.next();
      while (found != null) {
        found = fields.next();
      }
      return Target.Check.NONE;
    } catch (BadExample e) {
      throw new DataException(Target.FILE + ": " + e.getMessage(), e);
    }
  }
}
