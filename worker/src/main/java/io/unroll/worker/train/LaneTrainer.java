package io.unroll.worker.train;

import io.unroll.worker.data.Window;
import io.unroll.worker.data.WindowSource;
import io.unroll.worker.math.Kernels;
import io.unroll.worker.model.Architecture;
import io.unroll.worker.model.DropoutMasks;
import io.unroll.worker.model.Gradient;
import io.unroll.worker.model.LanguageModel;

/**
 * Trains lanes, one at a time: a sequence of steps, each on one window, from where the lane stands.
 * Runs inside one task on one core; allocates its buffers once. Not thread-safe.
 */
public final class LaneTrainer {
  private final LanePlan plan;
  private final Kernels kernels;
  private final LanguageModel model;
  private final Window window;
  private final Gradient gradient;
  private final StateResets resets;
  private final ObjectiveGradient objective;

  /** Allocates model and buffers for the plan's window and batch. */
  public LaneTrainer(LanePlan plan, Kernels kernels) {
    this.plan = plan;
    this.kernels = kernels;
    this.model = new LanguageModel(plan.architecture(), plan.window(), plan.batch(), kernels);
    this.window = new Window(plan.window(), plan.batch());
    this.gradient = new Gradient(new float[model.layout().size()]);
    this.resets = new StateResets(plan);
    this.objective = new ObjectiveGradient(plan.objective(), model.layout());
  }

  /** What its bits depend on, beside its inputs: see {@link Kernels#arithmetic()}. */
  public String arithmetic() {
    return kernels.arithmetic();
  }

  /**
   * Does the steps of a stretch. A step is: forward and backward on one window, clip, update. Stops
   * before the update of a step whose loss or gradient norm is not finite.
   *
   * <p>Nothing is remembered between calls: 3 steps and then 4 give the same bits as 7, whatever
   * lanes were trained in between.
   *
   * @param lane number of the lane, which dropout and resets depend on
   * @param parameters modified
   * @param optimizerState modified
   * @param recurrentState state of the streams, {@code stateSize()} × B floats; carried in and out;
   *     windows that begin anew zero it
   */
  public LaneReport run(
      int lane,
      WindowSource windows,
      Stretch stretch,
      float[] parameters,
      float[] optimizerState,
      float[] recurrentState) {
    Tally tally = new Tally();
    int epoch = stretch.epoch();
    int end = (int) Math.min((long) stretch.first() + stretch.count(), windows.steps(epoch));
    for (int step = stretch.first(); step < end; step++) {
      long global = stretch.epochOffset() + step;
      model.use(parameters);
      windows.load(epoch, step, window);
      resets.before(lane, global, window.batch(), recurrentState);
      double loss = model.lossAndGradient(window, recurrentState, dropout(lane, global), gradient);
      objective.shape(window, parameters, gradient);
      double norm = gradient.norm(kernels);
      if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
        return tally.report(lane, global);
      }
      double rate = plan.learningRate().at(global, plan.totalSteps());
      long update = stretch.updates() + step - stretch.first() + 1;
      float scale = (float) plan.clipping().scale(norm);
      plan.optimizer().update(kernels, parameters, gradient, scale, optimizerState, update, rate);
      tally.add(window, loss, norm, scale < 1);
    }
    return tally.report(lane, -1);
  }

  private DropoutMasks dropout(int lane, long step) {
    Architecture architecture = plan.architecture();
    return architecture.dropout() > 0
        ? new DropoutMasks(plan.seed(), lane, step)
        : DropoutMasks.NONE;
  }

  /** Sums of a run. */
  private static final class Tally {
    private final long begin = System.nanoTime();
    private int steps;
    private long tokens;
    private long sequences;
    private double loss;
    private double normSum;
    private double maxNorm;
    private int clipped;

    void add(Window window, double loss, double norm, boolean clipped) {
      steps++;
      tokens += window.tokens();
      sequences += window.batch();
      this.loss += loss;
      normSum += norm;
      maxNorm = Math.max(maxNorm, norm);
      this.clipped += clipped ? 1 : 0;
    }

    LaneReport report(int lane, long divergedAt) {
      long nanos = System.nanoTime() - begin;
      return new LaneReport(
          lane, steps, tokens, sequences, loss, normSum, maxNorm, clipped, nanos, divergedAt);
    }
  }
}
