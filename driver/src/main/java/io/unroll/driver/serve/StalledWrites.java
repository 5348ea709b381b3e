package io.unroll.driver.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections whose clients leave unread what is sent to them: a thread that writes to one
 * would wait for it, with all that the answer needs.
 */
final class StalledWrites implements AutoCloseable {
  private final long limit;
  private final Set<Write> running = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock;
  private final ScheduledFuture<?> watch;

  /** Closes them after so many milliseconds. */
  StalledWrites(long milliseconds) {
    this.limit = TimeUnit.MILLISECONDS.toNanos(milliseconds);
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "stalled writes");
              thread.setDaemon(true);
              return thread;
            });
    long interval = Math.max(1, milliseconds / 10);
    this.watch =
        clock.scheduleWithFixedDelay(
            () -> running.forEach(Write::endIfStalled), interval, interval, TimeUnit.MILLISECONDS);
  }

  /** The body of an answer. */
  OutputStream watched(HttpExchange exchange) {
    return new Watched(exchange.getResponseBody());
  }

  @Override
  public void close() {
    watch.cancel(false);
    clock.shutdown();
  }

  /** What may have to wait for the client. */
  private interface Action {
    void run() throws IOException;
  }

  /** One that began. */
  private final class Write {
    private final Thread writer = Thread.currentThread();
    private final long begin = System.nanoTime();
    private boolean interrupted;
    private boolean ended;

    /** Interrupting the thread closes the channel that it writes to. */
    synchronized void endIfStalled() {
      if (!ended && !interrupted && System.nanoTime() - begin > limit) {
        interrupted = true;
        writer.interrupt();
      }
    }

    /** By its own thread, which is not to take the interrupt to its next request. */
    synchronized void end() {
      ended = true;
      if (interrupted) {
        Thread.interrupted();
      }
    }
  }

  private final class Watched extends FilterOutputStream {
    Watched(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      during(() -> out.write(bytes, from, count));
    }

    @Override
    public void flush() throws IOException {
      during(out::flush);
    }

    @Override
    public void close() throws IOException {
      during(out::close);
    }

    private void during(Action action) throws IOException {
      Write write = new Write();
      running.add(write);
      try {
        action.run();
      } finally {
        write.end();
        running.remove(write);
      }
    }
  }
}
