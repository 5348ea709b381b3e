package io.unroll.dataprep.text;

import io.unroll.dataprep.tokenize.CodePoints;
import java.io.IOException;

/** A text whose lines end with LF, whether they did with LF, CR LF or CR. */
final class LineFeeds implements CodePoints {
  private final CodePoints text;
  private boolean afterReturn;

  LineFeeds(CodePoints text) {
    this.text = text;
  }

  @Override
  public int next() throws IOException {
    int point = text.next();
    if (point == '\n' && afterReturn) {
      point = text.next();
    }
    afterReturn = point == '\r';
    return afterReturn ? '\n' : point;
  }
}
