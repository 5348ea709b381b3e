package io.unroll.worker.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed team of threads that do one piece of work after the other together: the thread that
 * calls, and helpers that wait in between. A piece has one part for each thread; it is done when
 * all parts are done, and what they wrote is then visible to the caller.
 *
 * <p>Waiting threads spin for a short time, since pieces follow each other within microseconds, and
 * then park. Helpers are daemon threads that live until {@link #close}. One thread at a time may
 * call.
 */
public final class ThreadTeam implements AutoCloseable {
  /** What one thread of the team does. */
  @FunctionalInterface
  public interface Part {
    /**
     * Does it.
     *
     * @param index of the thread, from 0; 0 is the thread that called
     */
    void run(int index);
  }

  /** How long a thread spins before it parks; waking a parked one takes about as long. */
  private static final long SPIN_NANOS = 50_000;

  /** Looks between two looks at the clock. */
  private static final int LOOKS = 64;

  private final Helper[] helpers;

  /** Parts that others have not done yet. */
  private final AtomicInteger pending = new AtomicInteger();

  /** Counts the pieces of work; read by helpers, who wait for the next. */
  private final AtomicInteger piece = new AtomicInteger();

  private Part part;
  private volatile Thread caller;
  private volatile boolean closed;

  /**
   * Starts the helpers.
   *
   * @param size number of threads, the calling one included
   * @param name of the team; helpers have it with their number
   */
  public ThreadTeam(int size, String name) {
    if (size < 1) {
      throw new IllegalArgumentException("Invalid team of " + size + " threads (expected >= 1)");
    }
    this.helpers = new Helper[size - 1];
    for (int h = 0; h < helpers.length; h++) {
      helpers[h] = new Helper(h + 1, name);
    }
    for (Helper helper : helpers) {
      helper.thread.start();
    }
  }

  /** Threads, the calling one included. */
  public int size() {
    return helpers.length + 1;
  }

  /**
   * Does one piece of work with all threads, and returns when all parts are done. An interrupt of
   * the caller is kept for later: pieces are short.
   *
   * @throws RuntimeException or Error, whichever a part ended with; of several the first, by the
   *     number of its thread, with the others suppressed
   */
  public void run(Part work) {
    if (helpers.length == 0) {
      work.run(0);
      return;
    }
    if (closed) {
      throw new IllegalStateException("Cannot work with threads that were ended");
    }
    part = work;
    caller = Thread.currentThread();
    pending.set(helpers.length);
    piece.incrementAndGet();
    for (Helper helper : helpers) {
      helper.wake();
    }
    Throwable failure = failureOf(0, work);
    awaitOthers();
    caller = null;
    part = null;
    for (Helper helper : helpers) {
      failure = joined(failure, helper.takeFailure());
    }
    rethrow(failure);
  }

  private static Throwable failureOf(int index, Part work) {
    try {
      work.run(index);
      return null;
    } catch (Throwable t) { // handed to the caller, whatever it is
      return t;
    }
  }

  private static Throwable joined(Throwable first, Throwable second) {
    if (first == null) {
      return second;
    }
    if (second != null && second != first) {
      first.addSuppressed(second);
    }
    return first;
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure; // parts declare no checked exception
    }
  }

  private void awaitOthers() {
    Spin spin = new Spin();
    while (pending.get() > 0) {
      if (spin.isOver()) {
        LockSupport.park(this);
      }
    }
  }

  /** Ends the helpers and waits until they have ended. */
  @Override
  public void close() {
    closed = true;
    for (Helper helper : helpers) {
      LockSupport.unpark(helper.thread);
    }
    boolean interrupted = false;
    for (Helper helper : helpers) {
      interrupted |= helper.join();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks for a while without giving the processor away. */
  private static final class Spin {
    private final long begin = System.nanoTime();
    private int looks;

    /** Waits a moment; whether it is time to park. */
    boolean isOver() {
      Thread.onSpinWait();
      return ++looks % LOOKS == 0 && System.nanoTime() - begin > SPIN_NANOS;
    }
  }

  /** One of the other threads. */
  private final class Helper implements Runnable {
    private final int index;
    private final Thread thread;
    private volatile boolean parked;
    private Throwable failure;

    Helper(int index, String name) {
      this.index = index;
      this.thread = new Thread(this, name + "-" + index);
      thread.setDaemon(true);
    }

    @Override
    public void run() {
      int done = 0;
      while (awaitPieceAfter(done)) {
        done++;
        failure = failureOf(index, part);
        if (pending.decrementAndGet() == 0) {
          LockSupport.unpark(caller);
        }
      }
    }

    /** Whether there is another piece, rather than the end. */
    private boolean awaitPieceAfter(int done) {
      Spin spin = new Spin();
      while (piece.get() == done) {
        if (closed) {
          return false;
        }
        if (spin.isOver()) {
          parked = true;
          if (piece.get() == done && !closed) {
            LockSupport.park(ThreadTeam.this);
          }
          parked = false;
        }
      }
      return true;
    }

    void wake() {
      if (parked) {
        LockSupport.unpark(thread);
      }
    }

    Throwable takeFailure() {
      Throwable taken = failure;
      failure = null;
      return taken;
    }

    /** Waits for its end; whether the wait was interrupted meanwhile. */
    boolean join() {
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return interrupted;
    }
  }
}
