package io.unroll.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;

/**
 * One input, one parser: it parses, and what was parsed is written and read again to the same; or
 * it is refused by a documented exception that names the file. In either case within limits.
 */
final class Trial {
  /** Longest time of the processor for one input. */
  static final Duration TIME = Duration.ofSeconds(1);

  /**
   * Bytes allocated per byte of a file. The dearest honest content is a JSON list of empty objects:
   * a node, its map and its table, some 200 bytes for the 3 of {@code {},}.
   */
  static final long FACTOR = 64;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Trial() {}

  /** Whether the input was parsed, not refused. */
  static boolean parses(Target target, byte[] input) {
    byte[] file = target.repair().apply(input.clone());
    long most = target.fixed() + FACTOR * file.length;
    Measured measured = measure(target, file);
    if (measured.bytes > most || measured.nanos > TIME.toNanos()) {
      measured = measure(target, file); // the first time loads classes
    }
    require(
        measured.bytes <= most,
        "%s allocates %,d bytes for a file of %,d (expected at most %,d)",
        target,
        measured.bytes,
        file.length,
        most);
    require(
        measured.nanos <= TIME.toNanos(),
        "%s takes %,d ms for a file of %,d bytes (expected at most %,d)",
        target,
        measured.nanos / 1_000_000,
        file.length,
        TIME.toMillis());
    if (measured.failure != null) {
      checkRefusal(target, measured.failure);
      return false;
    }
    try {
      measured.check.run();
    } catch (Exception e) {
      throw new AssertionError(target + " does not read what it has written: " + e, e);
    }
    return true;
  }

  private record Measured(long bytes, long nanos, Target.Check check, Throwable failure) {}

  private static Measured measure(Target target, byte[] file) {
    Target.Check check = null;
    Throwable failure = null;
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long begin = THREADS.getCurrentThreadCpuTime();
    try {
      check = target.parser().parse(file);
    } catch (Throwable e) { // errors are findings as well
      failure = e;
    }
    long nanos = THREADS.getCurrentThreadCpuTime() - begin;
    return new Measured(THREADS.getCurrentThreadAllocatedBytes() - bytes, nanos, check, failure);
  }

  private static void checkRefusal(Target target, Throwable failure) {
    if (!target.refusals().contains(failure.getClass())) {
      throw new AssertionError(target + " throws what it does not document: " + failure, failure);
    }
    String message = String.valueOf(failure.getMessage());
    if (!message.contains(target.named())) {
      throw new AssertionError(target + " does not name the file: " + message, failure);
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // not worth a dependency on annotations
  private static void require(boolean holds, String message, Object... arguments) {
    if (!holds) {
      throw new AssertionError(String.format(Locale.ROOT, message, arguments));
    }
  }
}
