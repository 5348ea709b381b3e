package io.unroll.driver.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C (SIGINT) and SIGTERM while a run trains: the first asks it to stop after the current
 * round, the second ends the process at once. Closing puts the former handlers back.
 */
final class InterruptRequest implements AutoCloseable {
  private static final String[] SIGNALS = {"INT", "TERM"};

  private final PrintWriter err;
  private final IntConsumer exit;
  private final Map<Signal, SignalHandler> former = new HashMap<>();
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
      Signal signal = new Signal(name);
      request.former.put(signal, Signal.handle(signal, request::receive));
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

  private void receive(Signal signal) {
    receive();
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
    former.forEach(Signal::handle);
  }
}
