package io.unroll.driver.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Ctrl-C (SIGINT) and SIGTERM while a run trains: the first asks it to stop after the current
 * round, the second ends the process at once. Closing puts the former handlers back.
 */
final class InterruptRequest implements AutoCloseable {
  private static final String[] SIGNALS = {"INT", "TERM"};

  private final PrintWriter err;
  private final IntConsumer exit;
  private final List<Runnable> restorations = new ArrayList<>();
  private volatile boolean asked;
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
    for (String name : SIGNALS) {
      request.restorations.add(Signals.handle(name, request::receive));
    }
    return request;
  }

  /** Whether the run is to stop after the current round. */
  boolean asked() {
    return asked;
  }

  /** Whether the process is already ending, and whatever fails now fails because of it. */
  boolean insisted() {
    return insisted;
  }

  /** What a signal does. */
  synchronized void receive() {
    if (!asked) {
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
