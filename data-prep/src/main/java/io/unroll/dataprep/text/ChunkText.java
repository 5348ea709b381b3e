package io.unroll.dataprep.text;

import io.unroll.dataprep.source.Utf8Reader;
import io.unroll.dataprep.tokenize.Breaks;
import io.unroll.dataprep.tokenize.CodePoints;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;

/**
 * The code points of a chunk. The chunks of a file, one after the other, give its code points, each
 * once, whatever the offsets at which it is cut.
 *
 * <p>Text of lines, and text that is to be normalized, is cut after a blank or a line feed (single
 * bytes in UTF-8, with which nothing combines): a chunk has what follows the first of them at or
 * after {@code begin - 1}, up to and with the first at or after {@code end - 1}. The last line of a
 * file of lines gets the line feed that it may lack. Text of subwords is cut in the same way, after
 * line feeds only. Other text is cut before the first code point that begins at or after the
 * offset. A byte order mark at the beginning of a file is no part of its text.
 */
final class ChunkText implements CodePoints, AutoCloseable {
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private final Chunk chunk;
  private final Breaks breaks;
  private final boolean cutAtBreaks;
  private final InputStream in;
  private final Utf8Reader reader;

  /** The code point before the next one; {@link #END} if there is none. */
  private int last = END;

  private boolean finished;

  ChunkText(Chunk chunk, Breaks breaks, Normalization normalization, Configuration hadoop)
      throws IOException {
    this.chunk = chunk;
    this.breaks = breaks;
    this.cutAtBreaks = breaks != Breaks.ANYWHERE || normalization.changes();
    long offset = cutAtBreaks ? Math.max(0, chunk.begin() - 1) : chunk.begin();
    this.in = chunk.file().open(hadoop, offset);
    this.reader = new Utf8Reader(in, chunk.file().uri(), offset);
    try {
      if (chunk.begin() > 0) {
        skipWhatBeganBefore();
      }
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private void skipWhatBeganBefore() throws IOException {
    if (cutAtBreaks) {
      int skipped = -1;
      while (!isBreak(skipped) && reader.offset() < chunk.end() - 1 && reader.peekByte() >= 0) {
        skipped = reader.peekByte();
        reader.skipByte();
      }
      finished = !isBreak(skipped);
    } else {
      // The chunk before has read them, or refused them: no code point has more than three.
      for (int x = 0; x < 3 && Utf8Reader.isContinuation(reader.peekByte()); x++) {
        reader.skipByte();
      }
    }
  }

  @Override
  public int next() throws IOException {
    if (finished || endsHere()) {
      finished = true;
      return END;
    }
    long offset = reader.offset();
    int point = reader.next();
    if (point == BYTE_ORDER_MARK && offset == 0) {
      return next();
    }
    if (point == END) {
      finished = true;
      boolean lineIsOpen = breaks == Breaks.BLANKS && last != END && last != '\n';
      return lineIsOpen ? '\n' : END;
    }
    last = point;
    return point;
  }

  /** Whether the next code point belongs to the next chunk. */
  private boolean endsHere() throws IOException {
    if (reader.offset() < chunk.end() || reader.offset() >= chunk.contentBytes()) {
      return false;
    }
    if (cutAtBreaks) {
      return isBreak(last);
    }
    // A stray byte that the next chunk would skip is for this one to refuse.
    return !Utf8Reader.isContinuation(reader.peekByte());
  }

  private boolean isBreak(int point) {
    return point == '\n' || (point == ' ' && breaks != Breaks.LINE_FEEDS);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
