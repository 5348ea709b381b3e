package io.unroll.driver.round;

import io.unroll.driver.config.AveragingSettings;
import io.unroll.worker.train.Stretch;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the driver does with the lanes' mean after a round: the step of an {@link OuterOptimizer},
 * and a {@link TailAverage} of what comes of it. The state of both is one array, the velocity
 * before the mean, each only where it is needed.
 */
public record OuterStep(OuterOptimizer optimizer, TailAverage tail) {
  /** As configured. */
  public static OuterStep of(AveragingSettings settings) {
    return new OuterStep(OuterOptimizer.of(settings), new TailAverage(settings.tail()));
  }

  /** Floats of the state, which is zero at first. */
  public int stateSize(int parameters) {
    return optimizer.stateSize(parameters) + tail.stateSize(parameters);
  }

  /**
   * Takes the step after a round.
   *
   * @param start parameters that the round began with, unchanged
   * @param mean the lanes' mean, replaced by the parameters of the next round
   * @param state replaced by the next one
   */
  void take(Round round, float[] start, float[] mean, float[] state) {
    if (!round.warmUp()) {
      optimizer.step(start, mean, state);
    }
    Stretch stretch = round.stretch();
    tail.add(
        stretch.end() - stretch.count(),
        stretch.end(),
        mean,
        state,
        optimizer.stateSize(mean.length));
  }

  /** The mean over the last part of the training; empty if there is none. */
  public Optional<float[]> average(float[] state, int parameters) {
    int begin = optimizer.stateSize(parameters);
    return begin == state.length
        ? Optional.empty()
        : Optional.of(Arrays.copyOfRange(state, begin, state.length));
  }
}
