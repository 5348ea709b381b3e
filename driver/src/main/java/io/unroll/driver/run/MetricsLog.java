package io.unroll.driver.run;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
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

  /** Lines that are no events, set aside when a run goes on. */
  static final String ODD_FILE = "metrics.odd.jsonl";

  static final String KEPT_FILE = "metrics.jsonl.kept";

  private static final Logger LOG = LoggerFactory.getLogger(MetricsLog.class);
  private static final byte[] WHOLE = "{\"whole\":true}\n".getBytes(StandardCharsets.UTF_8);
  private static final int LIMIT = 1 << 30;

  private final Storage storage;
  private final Function<byte[], Optional<String>> oddity;
  private final GrowingFile file;

  private MetricsLog(Storage storage, Function<byte[], Optional<String>> oddity) {
    this.storage = storage;
    this.oddity = oddity;
    this.file = new GrowingFile(storage, FILE, Clock.systemUTC());
  }

  /**
   * The log of a run that goes on.
   *
   * @param rounds those up to this one are kept, with round 0; -1 for none
   * @param oddity why a line is no event, which makes it move to {@value #ODD_FILE}; empty if it is
   *     one
   */
  static MetricsLog open(Storage storage, int rounds, Function<byte[], Optional<String>> oddity) {
    MetricsLog log = new MetricsLog(storage, oddity);
    storage.release(FILE);
    log.finishCut();
    log.cutAfter(rounds);
    return log;
  }

  /** The log of a run of which every line is an event. */
  static MetricsLog open(Storage storage, int rounds) {
    return open(storage, rounds, line -> Optional.empty());
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
    ByteArrayOutputStream odd = new ByteArrayOutputStream();
    byte[] kept = kept(lines, rounds, odd);
    if (odd.size() > 0) {
      storage.append(ODD_FILE, odd.toByteArray());
    }
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

  /**
   * The whole lines before the first one of a later round, without those that are no events.
   *
   * @param odd receives those
   */
  private byte[] kept(byte[] lines, int rounds, ByteArrayOutputStream odd) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(lines.length);
    int number = 1;
    int begin = 0;
    for (int i = 0; i < lines.length; i++) {
      if (lines[i] == '\n') {
        byte[] line = Arrays.copyOfRange(lines, begin, i);
        OptionalLong round = round(line);
        if (round.isPresent() && round.getAsLong() > rounds) {
          break;
        }
        Optional<String> reason =
            round.isPresent() ? oddity.apply(line) : Optional.of("it is no object with a round");
        reason.ifPresent(odd(number));
        (reason.isEmpty() ? kept : odd).write(lines, begin, i + 1 - begin);
        begin = i + 1;
        number++;
      }
    }
    return kept.toByteArray();
  }

  private Consumer<String> odd(int number) {
    return reason ->
        LOG.warn("Moving line {} of {} to {}: {}", number, storage.uri(FILE), ODD_FILE, reason);
  }

  private static OptionalLong round(byte[] line) {
    try {
      return OptionalLong.of(StrictJson.parse(FILE, line).count("round", Long.MAX_VALUE));
    } catch (DamagedException noRound) {
      return OptionalLong.empty();
    }
  }
}
