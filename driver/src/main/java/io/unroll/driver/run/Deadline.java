package io.unroll.driver.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A time by which several accesses to a file system have to be done, all together. Each runs in a
 * daemon thread of its own, which is left alone when the time is up: Hadoop's clients cannot be
 * relied upon to react to interrupts.
 */
public final class Deadline {
  /** An access to a file system. */
  @FunctionalInterface
  public interface Access<T> {
    T run() throws IOException;
  }

  private final Duration limit;
  private final long end;

  private Deadline(Duration limit) {
    this.limit = limit;
    this.end = System.nanoTime() + limit.toNanos();
  }

  /** Begins now. */
  public static Deadline in(Duration limit) {
    return new Deadline(limit);
  }

  /** Whether the time is up. */
  boolean isOver() {
    return System.nanoTime() - end >= 0;
  }

  /**
   * What the access returns.
   *
   * @throws IOException that of the access, or if the time is up
   */
  public <T> T run(Access<T> access) throws IOException {
    FutureTask<T> task = new FutureTask<>(access::run);
    Thread thread = new Thread(task, "access-with-deadline");
    thread.setDaemon(true);
    try {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new TimeoutException();
      }
      thread.start();
      return task.get(left, TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new IOException(
          String.format(Locale.ROOT, "not done within %d seconds", limit.toSeconds()), late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } catch (ExecutionException failure) {
      throw failureOf(failure.getCause());
    }
  }

  private static IOException failureOf(Throwable cause) {
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return (IOException) cause;
  }
}
