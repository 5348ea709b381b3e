package io.unroll.driver.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Passes on what is written, and remembers the last lines of it. */
final class LastLines extends FilterOutputStream {
  private static final int BYTES = 1 << 12;
  private static final int LINES = 20;

  /** Byte n of all is at n modulo {@link #BYTES}. */
  private final byte[] last = new byte[BYTES];

  private long written;

  LastLines(OutputStream out) {
    super(out);
  }

  @Override
  public synchronized void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    for (int x = from; x < from + length; x++) {
      last[(int) (written++ % BYTES)] = bytes[x];
    }
    out.write(bytes, from, length);
  }

  /** The last lines, whole ones only unless there is but one. */
  synchronized String text() {
    byte[] kept = new byte[(int) Math.min(written, BYTES)];
    for (int x = 0; x < kept.length; x++) {
      kept[x] = last[(int) ((written - kept.length + x) % BYTES)];
    }
    List<String> lines = new String(kept, StandardCharsets.UTF_8).lines().toList();
    int cut = written > BYTES && lines.size() > 1 ? 1 : 0;
    return String.join("\n", lines.subList(Math.max(cut, lines.size() - LINES), lines.size()));
  }
}
