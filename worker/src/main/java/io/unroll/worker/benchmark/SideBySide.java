package io.unroll.worker.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs tasks at the same time, one thread for each. */
final class SideBySide implements AutoCloseable {
  private final ExecutorService threads;

  /** Room for that many tasks at a time. */
  SideBySide(int tasks) {
    this.threads = Executors.newFixedThreadPool(tasks);
  }

  /**
   * Runs all tasks to their end.
   *
   * @return their results, in the order of the tasks
   * @throws IllegalStateException if this thread is interrupted meanwhile; what a task throws
   *     unchecked is thrown on
   */
  <T> List<T> run(List<? extends Callable<T>> tasks) {
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while measuring", e);
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException exception
        ? exception
        : new IllegalStateException("Cannot measure: " + failure.getMessage(), failure);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
