package io.unroll.driver.run;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@value #FILE}: one JSON object a line, in the order of events, each with its {@code
 * round}.
 *
 * <p>A resumed run tells the rounds after its checkpoint again, so their lines are cut off. The
 * lines to keep are first written to {@value #KEPT_FILE}, which ends in a mark that it is whole,
 * then to the file itself: killed in between, the next start does it again.
 */
final class MetricsLog {
  static final String FILE = "metrics.jsonl";
  static final String KEPT_FILE = "metrics.jsonl.kept";

  private static final Logger LOG = LoggerFactory.getLogger(MetricsLog.class);
  private static final byte[] WHOLE = "{\"whole\":true}\n".getBytes(StandardCharsets.UTF_8);
  private static final int LIMIT = 1 << 30;

  private final Storage storage;
  private final GrowingFile file;

  private MetricsLog(Storage storage) {
    this.storage = storage;
    this.file = new GrowingFile(storage, FILE, Clock.systemUTC());
  }

  /**
   * The log of a run that goes on.
   *
   * @param rounds those up to this one are kept, with round 0; -1 for none
   */
  static MetricsLog open(Storage storage, int rounds) {
    MetricsLog log = new MetricsLog(storage);
    storage.release(FILE);
    log.finishCut();
    log.cutAfter(rounds);
    return log;
  }

  /**
   * Appends one event; where the file system cannot append, {@link GrowingFile} keeps it back.
   *
   * @param line a JSON object without a line feed
   */
  void append(String line) {
    if (line.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("A line of metrics has a line feed in it: " + line);
    }
    file.append((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Writes what {@link GrowingFile} keeps back. */
  void flush() {
    file.flush();
  }

  private void finishCut() {
    if (!storage.exists(KEPT_FILE)) {
      return;
    }
    byte[] kept = storage.read(KEPT_FILE, LIMIT);
    int end = kept.length - WHOLE.length;
    if (end >= 0 && Arrays.equals(kept, end, kept.length, WHOLE, 0, WHOLE.length)) {
      storage.write(FILE, Arrays.copyOf(kept, end));
    }
    storage.delete(KEPT_FILE);
  }

  private void cutAfter(int rounds) {
    if (!storage.exists(FILE)) {
      return;
    }
    byte[] lines = storage.read(FILE, LIMIT);
    byte[] kept = kept(lines, rounds);
    if (kept.length < lines.length) {
      LOG.info("Cutting {} after round {}", storage.uri(FILE), rounds);
      storage.write(
          KEPT_FILE,
          out -> {
            out.write(kept);
            out.write(WHOLE);
          });
      finishCut();
    }
  }

  /** The whole lines before the first one of a later round, without those that are no events. */
  private byte[] kept(byte[] lines, int rounds) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(lines.length);
    int number = 1;
    int begin = 0;
    for (int i = 0; i < lines.length; i++) {
      if (lines[i] == '\n') {
        Optional<Long> round = round(Arrays.copyOfRange(lines, begin, i), number);
        if (round.isPresent() && round.get() > rounds) {
          break;
        }
        if (round.isPresent()) {
          kept.write(lines, begin, i + 1 - begin);
        }
        begin = i + 1;
        number++;
      }
    }
    return kept.toByteArray();
  }

  private Optional<Long> round(byte[] line, int number) {
    String name = String.format(Locale.ROOT, "%s, line %d,", storage.uri(FILE), number);
    try {
      return Optional.of(StrictJson.parse(name, line).count("round", Long.MAX_VALUE));
    } catch (DamagedException damage) {
      LOG.warn("Dropping a line: {}", damage.getMessage());
      return Optional.empty();
    }
  }
}
