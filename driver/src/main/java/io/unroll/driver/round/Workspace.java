package io.unroll.driver.round;

import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.train.LanePlan;
import io.unroll.worker.train.LaneTrainer;
import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a task trains a lane in: a model with its buffers, and room for what it trains. Large, and
 * the same for every lane of a plan and number of cores, so those that are not in use wait in the
 * JVM for the next lane or round. Nothing of a lane is left in them: a used one gives the same bits
 * as a new one.
 *
 * @param kind which lanes it is for
 * @param parameters room for the parameters; whoever takes the workspace fills it
 * @param optimizerState room for the optimiser state, likewise
 */
record Workspace(Kind kind, LaneTrainer trainer, float[] parameters, float[] optimizerState) {
  /** Workspaces of one kind are alike. */
  private record Kind(LanePlan plan, int cores) {}

  /** Those of one kind. Soft: where memory runs short they are allocated again instead. */
  private static final Deque<SoftReference<Workspace>> FREE = new ArrayDeque<>();

  private static Kind kindOfFree;

  /**
   * One that is free, or a new one. To be given back when it is no longer needed.
   *
   * @param cores that the lane computes on
   */
  static Workspace take(LanePlan plan, int cores) {
    Kind kind = new Kind(plan, cores);
    Workspace free = takeFree(kind);
    return free != null ? free : allocate(kind);
  }

  private static Workspace allocate(Kind kind) {
    LanePlan plan = kind.plan;
    int parameters = plan.architecture().layout().size();
    return new Workspace(
        kind,
        new LaneTrainer(plan, Cores.of(kind.cores, KernelChoice::fastest)),
        new float[parameters],
        new float[plan.optimizer().slots() * parameters]);
  }

  /** Null if there is none. The first lane of another kind frees the memory of the old one. */
  private static Workspace takeFree(Kind kind) {
    synchronized (FREE) {
      if (!kind.equals(kindOfFree)) {
        FREE.clear();
        kindOfFree = kind;
      }
      Workspace free = null;
      while (free == null && !FREE.isEmpty()) {
        free = FREE.pop().get();
      }
      return free;
    }
  }

  /** Lets another lane of its kind have it. */
  void giveBack() {
    synchronized (FREE) {
      if (kind.equals(kindOfFree)) {
        FREE.push(new SoftReference<>(this));
      }
    }
  }
}
