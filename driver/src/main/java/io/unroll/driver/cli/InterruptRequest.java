package io.unroll.driver.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Ctrl-C (SIGINT), SIGTERM and SIGHUP while a run trains: the first asks it to stop after the
 * current round, a second SIGINT or SIGTERM ends the process at once. A closed terminal sends
 * SIGHUP more than once (shell and kernel both do), so that one never hurries. Closing puts the
 * former handlers back.
 */
final class InterruptRequest implements AutoCloseable {
  private final PrintWriter err;
  private final IntConsumer exit;
  private final List<Runnable> restorations = new ArrayList<>();
  private volatile boolean asked;
  private boolean interrupted;
  private volatile boolean insisted;

  /**
   * @param exit ends the process, given its exit code
   */
  InterruptRequest(PrintWriter err, IntConsumer exit) {
    this.err = err;
    this.exit = exit;
  }

  /** Begins to listen. */
  static InterruptRequest listen(PrintWriter err) {
    InterruptRequest request = new InterruptRequest(err, System::exit);
    request.listen("INT", request::interrupt);
    request.listen("TERM", request::interrupt);
    // Under nohup the JVM leaves SIGHUP ignored.
    request.listen("HUP", request::hangUp);
    return request;
  }

  private void listen(String signal, Runnable action) {
    restorations.add(Signals.handle(signal, action));
  }

  /** Whether the run is to stop after the current round. */
  boolean asked() {
    return asked;
  }

  /** Whether the process is already ending, and whatever fails now fails because of it. */
  boolean insisted() {
    return insisted;
  }

  /** What SIGHUP does. */
  synchronized void hangUp() {
    if (!asked) {
      asked = true;
      tell("The terminal was closed: stopping after the current round.");
    }
  }

  /** What SIGINT and SIGTERM do. */
  synchronized void interrupt() {
    if (!interrupted) {
      interrupted = true;
      asked = true;
      tell("Interrupted: stopping after the current round. Once more stops at once.");
    } else if (!insisted) {
      insisted = true;
      tell(
          "Interrupted twice: stopping at once; the same command goes on from the last checkpoint.");
      // Not on this thread: exit waits for hooks, and hooks may wait for signals.
      new Thread(() -> exit.accept(ExitCode.INTERRUPTED.code()), "second interrupt").start();
    }
  }

  private void tell(String message) {
    err.println();
    err.println(message);
    err.flush();
  }

  @Override
  public void close() {
    restorations.forEach(Runnable::run);
  }
}
