package io.unroll.dataprep.pairs;

import io.unroll.dataprep.lines.WrongLines;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.source.TextLines;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** The lines of one of two files that belong together. What is wrong is told by its own name. */
final class ParallelLines implements Closeable {
  private final SourceFile file;
  private final TextLines lines;
  private final WrongLines others;
  private boolean begun;

  private ParallelLines(SourceFile file, TextLines lines) {
    this.file = file;
    this.lines = lines;
    this.others =
        new WrongLines(
            file.uri(),
            "a text in each line",
            "--format json reads pairs with an object a line, without --input-target");
  }

  static ParallelLines open(SourceFile file, Configuration hadoop) {
    try {
      return new ParallelLines(file, new TextLines(file.open(hadoop, 0), file.uri()));
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  String name() {
    return file.uri();
  }

  /** The number of the line that was taken last, from 1. */
  long number() {
    return lines.number();
  }

  /**
   * The next line, or null at the end.
   *
   * @throws io.unroll.dataprep.DataException if the file is damaged, no text, or of another kind
   */
  String next() {
    String line;
    try {
      line = lines.next();
    } catch (IOException e) {
      throw file.unreadable(e);
    }
    if (!begun && line != null && !line.isBlank()) {
      others.refuse(line);
      begun = !line.startsWith("#");
    }
    return line;
  }

  /** Reads all that are left; how many there are in all. */
  long count() {
    String line = next();
    while (line != null) {
      line = next();
    }
    return number();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
