package io.unroll.driver.storage;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Signals and waits. */
final class Processes {
  /** Something that is waited for. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  private Processes() {}

  static void signal(Process process, String name) {
    try {
      String pid = Long.toString(process.pid());
      int code = new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -" + name + " " + pid + ": exit code " + code);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static void await(String what, Duration limit, Condition condition) {
    Instant end = Instant.now().plus(limit);
    try {
      while (!condition.holds()) {
        if (Instant.now().isAfter(end)) {
          throw new AssertionError("Waited in vain for %s, %s".formatted(what, limit));
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
