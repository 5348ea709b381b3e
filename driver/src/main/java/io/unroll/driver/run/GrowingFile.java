package io.unroll.driver.run;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A file that grows by pieces. Each is appended at once where the file system can append. Where it
 * cannot, every piece would mean to write the whole file anew: there pieces are kept back for
 * {@value #SECONDS} seconds at most, as long as there are new ones, or until {@link #flush}.
 */
final class GrowingFile {
  private static final int SECONDS = 10;

  private final Storage storage;
  private final String path;
  private final boolean atOnce;
  private final InstantSource clock;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private long written;

  GrowingFile(Storage storage, String path, InstantSource clock) {
    this.storage = storage;
    this.path = path;
    this.atOnce = storage.appends();
    this.clock = clock;
    this.written = clock.millis();
  }

  void append(byte[] piece) {
    pending.writeBytes(piece);
    long age = clock.millis() - written;
    if (atOnce || age >= Duration.ofSeconds(SECONDS).toMillis() || age < 0) {
      flush();
    }
  }

  /**
   * Writes what was kept back.
   *
   * @throws StorageException if that fails; it is not tried again, since the run ends by this, and
   *     a resumed run tells it again
   */
  void flush() {
    if (pending.size() > 0) {
      byte[] pieces = pending.toByteArray();
      pending.reset();
      storage.append(path, pieces);
      written = clock.millis();
    }
  }
}
