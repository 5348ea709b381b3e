package io.unroll.driver.train;

import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.train.LanePlan;
import io.unroll.worker.train.LaneTrainer;
import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a task trains a lane in: a model with its buffers, and room for what it trains. Large, and
 * the same for every lane of a plan, so those that are not in use wait in the JVM for the next lane
 * or round. Nothing of a lane is left in them: a used one gives the same bits as a new one.
 *
 * @param parameters room for the parameters; whoever takes the workspace fills it
 * @param optimizerState room for the optimiser state, likewise
 */
record Workspace(LanePlan plan, LaneTrainer trainer, float[] parameters, float[] optimizerState) {
  /** Those of one plan. Soft: where memory runs short they are allocated again instead. */
  private static final Deque<SoftReference<Workspace>> FREE = new ArrayDeque<>();

  private static LanePlan planOfFree;

  /** One that is free, or a new one. To be given back when it is no longer needed. */
  static Workspace take(LanePlan plan) {
    Workspace free = takeFree(plan);
    return free != null ? free : allocate(plan);
  }

  private static Workspace allocate(LanePlan plan) {
    int parameters = LanguageModel.layout(plan.architecture()).size();
    return new Workspace(
        plan,
        new LaneTrainer(plan, Cores.one(KernelChoice.fastest())),
        new float[parameters],
        new float[plan.optimizer().slots() * parameters]);
  }

  /** Null if there is none. The first lane of another plan frees the memory of the old plan. */
  private static Workspace takeFree(LanePlan plan) {
    synchronized (FREE) {
      if (!plan.equals(planOfFree)) {
        FREE.clear();
        planOfFree = plan;
      }
      Workspace free = null;
      while (free == null && !FREE.isEmpty()) {
        free = FREE.pop().get();
      }
      return free;
    }
  }

  /** Lets another lane of the plan have it. */
  void giveBack() {
    synchronized (FREE) {
      if (plan.equals(planOfFree)) {
        FREE.push(new SoftReference<>(this));
      }
    }
  }
}
