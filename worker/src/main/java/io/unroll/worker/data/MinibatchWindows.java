package io.unroll.worker.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Ready-made minibatches, in their order and in every epoch the same. One longer than T is read in
 * several windows, the last of them shorter: state is fresh at the first and carried into the
 * others.
 */
public final class MinibatchWindows implements WindowSource {
  private final List<Minibatch> minibatches;
  private final int window;

  /** Step at which each minibatch begins, and after the last the number of steps. */
  private final int[] firstSteps;

  /**
   * @param minibatches may be none
   * @param window T, most steps of a window
   */
  public MinibatchWindows(List<Minibatch> minibatches, int window) {
    if (window < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Cannot make windows of %d steps (expected at least 1)", window));
    }
    this.minibatches = minibatches;
    this.window = window;
    this.firstSteps = new int[minibatches.size() + 1];
    for (int x = 0; x < minibatches.size(); x++) {
      int windows = (minibatches.get(x).time() - 1) / window + 1;
      firstSteps[x + 1] = Math.addExact(firstSteps[x], windows);
    }
  }

  @Override
  public int steps(int epoch) {
    return firstSteps[minibatches.size()];
  }

  @Override
  public void load(int epoch, int step, Window target) {
    int found = Arrays.binarySearch(firstSteps, step);
    int place = found >= 0 ? found : -found - 2;
    Minibatch minibatch = minibatches.get(place);
    int begin = (step - firstSteps[place]) * window;
    int time = Math.min(window, minibatch.time() - begin);
    int batch = minibatch.batch();
    target.begin(time, batch, begin == 0);
    System.arraycopy(minibatch.inputs(), begin * batch, target.inputs(), 0, time * batch);
    System.arraycopy(minibatch.targets(), begin * batch, target.targets(), 0, time * batch);
    for (int x = 0; x < time * batch; x++) {
      target.weights()[x] = minibatch.counts()[begin * batch + x] ? 1f : 0f;
    }
  }
}
