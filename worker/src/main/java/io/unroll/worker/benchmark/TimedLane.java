package io.unroll.worker.benchmark;

import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.train.Clipping;
import io.unroll.worker.train.Constant;
import io.unroll.worker.train.LanePlan;
import io.unroll.worker.train.LaneTrainer;
import io.unroll.worker.train.Objective;
import io.unroll.worker.train.Sgd;
import io.unroll.worker.train.Stretch;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.LongStream;

/** One lane that trains on synthetic tokens, a step at a time, and takes the time of each. */
public final class TimedLane {
  private static final long SEED = 1;
  private static final double LEARNING_RATE = 0.1;
  private static final double MAX_NORM = 1;

  /** Steps that are taken however short the time is. */
  private static final int FEWEST_STEPS = 3;

  private final int lane;
  private final Cores cores;
  private final LaneTrainer trainer;
  private final SyntheticWindows windows;
  private final float[] parameters;
  private final float[] optimizerState = new float[0]; // SGD has none
  private final float[] recurrentState;
  private int step;

  /**
   * Allocates everything.
   *
   * @param batch B
   * @param lane number that tokens and parameters are drawn by
   * @param cores that it trains on
   */
  public TimedLane(Preset preset, int batch, int lane, Cores cores) {
    LanguageArchitecture architecture = preset.architecture();
    this.lane = lane;
    this.cores = cores;
    this.trainer = new LaneTrainer(plan(preset, batch), cores);
    this.windows =
        new SyntheticWindows(architecture.vocabulary(), preset.window(), batch, SEED, lane);
    this.parameters = LanguageModel.layout(architecture).initialParameters(SEED);
    this.recurrentState = new float[architecture.stateSize() * batch];
  }

  private static LanePlan plan(Preset preset, int batch) {
    return new LanePlan(
        preset.architecture(),
        Objective.PLAIN,
        new Sgd(),
        new Constant(LEARNING_RATE, 0),
        new Clipping(MAX_NORM),
        batch,
        preset.window(),
        0,
        SEED,
        Integer.MAX_VALUE);
  }

  /** Name of the kernels. */
  String kernel() {
    return cores.kernels().name();
  }

  /** Distinct tokens of a window over all its tokens. */
  double distinctShare() {
    return windows.distinctShare();
  }

  /**
   * Trains for a while, at least {@value #FEWEST_STEPS} steps, from where the last call ended.
   *
   * @return nanoseconds of each step
   */
  public long[] train(Duration time) {
    return cores.withThreads("benchmark lane " + lane, () -> steps(time));
  }

  private long[] steps(Duration time) {
    LongStream.Builder nanos = LongStream.builder();
    long begin = System.nanoTime();
    long first = step;
    while (System.nanoTime() - begin < time.toNanos() || step - first < FEWEST_STEPS) {
      long before = System.nanoTime();
      step();
      nanos.add(System.nanoTime() - before);
    }
    return nanos.build().toArray();
  }

  private void step() {
    Stretch next = new Stretch(0, step, 1, 0, step);
    if (trainer.run(lane, windows, next, parameters, optimizerState, recurrentState).diverged()) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "Cannot measure: lane %d diverged in step %d", lane, step));
    }
    step++;
  }
}
