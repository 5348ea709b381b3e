package io.unroll.worker.parallel;

import io.unroll.worker.math.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The cores that one lane or one evaluation computes on. Work is divided into as many shares, each
 * with kernels of its own. Within {@link #withThreads} a {@link ThreadTeam} does them side by side;
 * otherwise the calling thread does one after the other.
 *
 * <p>How work is divided never changes a bit of its result: every sum is computed by one thread in
 * one order, whichever thread that is. One thread at a time may use it.
 */
public final class Cores {
  private final List<Share> shares = new ArrayList<>();
  private ThreadTeam team;

  private Cores(int count, Supplier<Kernels> kernels) {
    for (int index = 0; index < count; index++) {
      shares.add(new Share(index, count, kernels.get()));
    }
  }

  /** The calling thread alone. */
  public static Cores one(Kernels kernels) {
    return new Cores(1, () -> kernels);
  }

  /**
   * Several cores.
   *
   * @param count their number, that of the calling thread included
   * @param kernels makes those of each core
   */
  public static Cores of(int count, Supplier<Kernels> kernels) {
    if (count < 1) {
      throw new IllegalArgumentException("Invalid number of cores: " + count + " (expected >= 1)");
    }
    return new Cores(count, kernels);
  }

  /** How many. */
  public int count() {
    return shares.size();
  }

  /** Those of the calling thread. */
  public Kernels kernels() {
    return shares.get(0).kernels();
  }

  /**
   * Does some work while the threads are there: starts them, and ends them on every exit. Where
   * they are there already, whoever started them ends them.
   *
   * @param name of what they work for, as in stack traces
   */
  public <T> T withThreads(String name, Supplier<T> work) {
    if (team != null || shares.size() == 1) {
      return work.get();
    }
    try (ThreadTeam started = new ThreadTeam(shares.size(), name)) {
      team = started;
      return work.get();
    } finally {
      team = null;
    }
  }

  /** Does all shares of a piece of work; returns when they are done. */
  public void run(Consumer<Share> work) {
    if (team == null) {
      shares.forEach(work);
    } else {
      team.run(index -> work.accept(shares.get(index)));
    }
  }
}
