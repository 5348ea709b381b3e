package io.unroll.dataprep.lines;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.source.TextLines;
import java.io.IOException;

/** Lines of two fields with a separator between. Blank lines are passed over. */
final class PlainLines implements FieldReader {
  private final TextLines lines;
  private final LineFormat format;
  private final WrongLines others;
  private boolean begun;

  PlainLines(TextLines lines, String name, LineFormat format) {
    this.lines = lines;
    this.format = format;
    this.others =
        new WrongLines(
            name,
            "lines of a %s and a %s"
                .formatted(format.first().role().label(), format.second().role().label()),
            "--format jsonl reads an object a line, and prep coco reads COCO's captions");
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
      others.refuse(line);
      begun = !line.startsWith("#");
    }
    int end = line.indexOf(format.separator());
    if (end < 0) {
      throw bad(format.first().role().absent(), "no");
    }
    String second = line.substring(end + 1);
    boolean more = second.indexOf(format.separator()) >= 0;
    if (more && format.second().role() == FieldRole.TARGET) {
      throw bad(Fault.MALFORMED, "more than one");
    }
    return new Fields(lines.number(), line.substring(0, end), second, "");
  }

  private BadExample bad(Fault fault, String number) {
    return new BadExample(
        fault,
        lines.number(),
        "it has %s %s between %s and %s (expected a %3$s, a %2$s and a %4$s; --separator names another, --format another form, and --skip-bad leaves such lines out)"
            .formatted(
                number,
                LineSeparators.name(format.separator()),
                format.first().role().label(),
                format.second().role().label()));
  }
}
