package io.unroll.dataprep.source;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.tokenize.CodePoints;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** The lines of a text file, without their ends (LF or CR LF), and their numbers. */
public final class TextLines implements Closeable {
  /** Far above any line; what is longer is no text, and must not fill the memory. */
  private static final int LONGEST = 1 << 24;

  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private final InputStream in;
  private final Utf8Reader text;
  private final String name;
  private long number;

  /**
   * @param in its content, unpacked
   * @param name of the file, for messages
   */
  public TextLines(InputStream in, String name) {
    this.in = in;
    this.text = new Utf8Reader(in, name, 0);
    this.name = name;
  }

  /** The number of the line that was taken last, from 1. */
  public long number() {
    return number;
  }

  /**
   * The next line, or null at the end.
   *
   * @throws DataException if it is not UTF-8, or absurdly long
   */
  public String next() throws IOException {
    int point = text.next();
    if (point == BYTE_ORDER_MARK && number == 0) {
      point = text.next();
    }
    if (point == CodePoints.END) {
      return null;
    }
    number++;
    var line = new StringBuilder();
    while (point != '\n' && point != CodePoints.END) {
      if (line.length() >= LONGEST) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "Cannot read %s, line %d: it has more than %,d characters",
                name,
                number,
                LONGEST));
      }
      line.appendCodePoint(point);
      point = text.next();
    }
    int length = line.length();
    boolean carriage = length > 0 && line.charAt(length - 1) == '\r';
    return carriage ? line.substring(0, length - 1) : line.toString();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
