package io.unroll.driver.serve;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets so many answers be computed at a time; others wait for their turn, but not for ever. */
final class Turns {
  private final Semaphore free;
  private final long milliseconds;

  Turns(int answers, long milliseconds) {
    this.free = new Semaphore(answers, true);
    this.milliseconds = milliseconds;
  }

  /** What is computed in a turn. */
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Waits for a turn, and does the work.
   *
   * @throws Refusal if none comes in time
   */
  <T> T during(Work<T> work) throws IOException {
    await();
    try {
      return work.run();
    } finally {
      free.release();
    }
  }

  private void await() {
    try {
      if (!free.tryAcquire(milliseconds, TimeUnit.MILLISECONDS)) {
        throw new Refusal(Refusal.BUSY, "The server is busy with other requests: ask again later");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(Refusal.BUSY, "The server is ending");
    }
  }
}
