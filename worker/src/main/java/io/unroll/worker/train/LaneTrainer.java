package io.unroll.worker.train;

import io.unroll.worker.data.Window;
import io.unroll.worker.data.WindowSource;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.WeightDrop;
import io.unroll.worker.model.Model;
import io.unroll.worker.model.Tally;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.train.Optimizer.Update;
import java.util.List;

/**
 * Trains lanes, one at a time: a sequence of steps, each on one window, from where the lane stands.
 * Runs inside one task, on its cores; allocates its buffers once. Not thread-safe.
 */
public final class LaneTrainer {
  private final LanePlan plan;
  private final Cores cores;
  private final Model model;
  private final Window window;
  private final Gradient gradient;
  private final StateResets resets;
  private final WeightDrop weights;
  private final ObjectiveGradient objective;

  /** Allocates model and buffers for the plan's window and batch. */
  public LaneTrainer(LanePlan plan, Cores cores) {
    this.plan = plan;
    this.cores = cores;
    this.model = plan.architecture().model(plan.window(), plan.batch(), cores);
    this.window = new Window(plan.window(), plan.batch(), plan.architecture().vectorSize());
    this.gradient = new Gradient(new float[model.layout().size()]);
    this.resets = new StateResets(plan);
    this.weights = new WeightDrop(model.layout(), plan.architecture().dropout().weights());
    this.objective = new ObjectiveGradient(plan.objective(), model.layout());
  }

  /**
   * What its bits depend on, beside its inputs: see {@link
   * io.unroll.worker.math.Kernels#arithmetic()}.
   */
  public String arithmetic() {
    return cores.kernels().arithmetic();
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
    Lane trained = new Lane(lane, parameters, optimizerState, recurrentState);
    return cores.withThreads("lane " + lane, () -> run(trained, windows, stretch));
  }

  private LaneReport run(Lane lane, WindowSource windows, Stretch stretch) {
    long begin = System.nanoTime();
    Tally tally = Tally.NONE;
    int epoch = stretch.epoch();
    int end = (int) Math.min((long) stretch.first() + stretch.count(), windows.steps(epoch));
    for (int step = stretch.first(); step < end; step++) {
      long global = stretch.epochOffset() + step;
      DropoutMasks dropout = dropout(lane.number(), global);
      model.use(weights.drop(cores, dropout, lane.parameters()));
      windows.load(epoch, step, window);
      resets.before(lane.number(), global, window.batch(), lane.recurrentState());
      double loss = model.lossAndGradient(window, lane.recurrentState(), dropout, gradient);
      weights.mask(cores, dropout, gradient.values());
      objective.shape(window, lane.parameters(), gradient);
      double norm = gradient.norm(cores);
      if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
        return report(lane, tally, begin, global);
      }
      float scale = (float) plan.clipping().scale(norm);
      long number = stretch.updates() + step - stretch.first() + 1;
      double rate = plan.learningRate().at(global, plan.totalSteps(), stretch.reductions());
      Update update = new Update(scale, number, rate);
      plan.optimizer().update(cores, lane.parameters(), gradient, lane.optimizerState(), update);
      tally = tally.plus(Tally.ofStep(window.predictions(), window.batch(), loss, norm, scale < 1));
    }
    return report(lane, tally, begin, -1);
  }

  private LaneReport report(Lane lane, Tally tally, long begin, long divergedAt) {
    List<Histogram> gradients =
        lane.number() == 0 && divergedAt < 0 && tally.predictions() > 0
            ? Histogram.of(model.layout(), gradient.values())
            : List.of();
    long nanos = System.nanoTime() - begin;
    return new LaneReport(lane.number(), tally, nanos, divergedAt, gradients);
  }

  private DropoutMasks dropout(int lane, long step) {
    return plan.architecture().dropout().any()
        ? new DropoutMasks(plan.seed(), lane, step)
        : DropoutMasks.NONE;
  }

  /** What a lane changes while it runs. */
  private record Lane(
      int number, float[] parameters, float[] optimizerState, float[] recurrentState) {}
}
