package io.unroll.driver.cli;

import java.io.PrintWriter;
import java.util.function.IntConsumer;

/**
 * What no code has caught. A thread of Spark's that dies for want of memory leaves a job that waits
 * for ever: the process ends then, with the advice. Whatever else kills a thread is told only.
 */
final class UncaughtFailures implements Thread.UncaughtExceptionHandler {
  private final PrintWriter err;
  private final IntConsumer exit;

  /**
   * @param exit ends the process, given its exit code
   */
  UncaughtFailures(PrintWriter err, IntConsumer exit) {
    this.err = err;
    this.exit = exit;
  }

  /** Handles those of all threads of this process from now on. */
  static void handle(PrintWriter err) {
    Thread.setDefaultUncaughtExceptionHandler(new UncaughtFailures(err, System::exit));
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    if (MemoryFailures.explain(failure).isPresent()) {
      int code = Failures.report(failure, err).code();
      // Not on this thread: exit waits for hooks, and hooks may wait for this thread to end.
      new Thread(() -> exit.accept(code), "out of memory").start();
    } else {
      err.print("Exception in thread %s: %s".formatted(thread.getName(), Failures.trace(failure)));
      err.flush();
    }
  }
}
