package io.unroll.dataprep.source;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.tokenize.CodePoints;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * Strict UTF-8 (RFC 3629) to code points, in constant memory, knowing the offset of every byte.
 * Over-long forms, surrogates, and what is above U+10FFFF are refused.
 */
public final class Utf8Reader implements CodePoints {
  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final String name;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;

  /** Offset of {@code buffer[0]}. */
  private long bufferOffset;

  /**
   * @param in the bytes from {@code offset} on
   * @param name of the file, for messages
   */
  public Utf8Reader(InputStream in, String name, long offset) {
    this.in = in;
    this.name = name;
    this.bufferOffset = offset;
  }

  /** Offset of the next byte. */
  public long offset() {
    return bufferOffset + position;
  }

  /** The next byte without taking it, or -1 at the end. */
  public int peekByte() throws IOException {
    return position < limit || fill() ? buffer[position] & 0xFF : -1;
  }

  /** Takes a byte that {@link #peekByte} has seen. */
  public void skipByte() {
    position++;
  }

  /** Whether a byte is the second or a later one of a code point. */
  public static boolean isContinuation(int octet) {
    return (octet & 0xC0) == 0x80;
  }

  /**
   * @throws DataException if the bytes are not UTF-8
   */
  @Override
  public int next() throws IOException {
    long offset = offset();
    int lead = peekByte();
    if (lead < 0) {
      return END;
    }
    position++;
    return lead < 0x80 ? lead : multiByte(lead, offset);
  }

  /** Unicode 15, table 3-7: the lead byte says how many follow, and bounds the first of them. */
  private int multiByte(int lead, long offset) throws IOException {
    if (lead < 0xC2 || lead > 0xF4) {
      throw malformed(lead, offset);
    }
    int following = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    int point = lead & (0x3F >> following);
    for (int x = 0; x < following; x++) {
      int octet = peekByte();
      if (octet < lowest || octet > highest) {
        throw malformed(lead, offset);
      }
      position++;
      point = (point << 6) | (octet & 0x3F);
      lowest = 0x80;
      highest = 0xBF;
    }
    return point;
  }

  private DataException malformed(int lead, long offset) {
    String remedy =
        offset == 0 && lead >= 0xFE ? "it looks like UTF-16; convert it" : "convert it to UTF-8";
    return new DataException(
        String.format(
            Locale.ROOT,
            "Cannot read %s: not UTF-8 at byte offset %d (0x%02X; %s)",
            name,
            offset,
            lead,
            remedy));
  }

  private boolean fill() throws IOException {
    bufferOffset += limit;
    position = 0;
    limit = 0;
    int read = in.read(buffer, 0, buffer.length);
    limit = Math.max(read, 0);
    return read > 0;
  }
}
