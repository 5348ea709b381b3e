package io.unroll.worker.benchmark;

import io.unroll.worker.data.Window;
import io.unroll.worker.data.WindowSource;
import java.util.Arrays;

/**
 * Windows of synthetic tokens without end: a few, drawn beforehand, come round again and again, so
 * that a step only copies. State is fresh at the first step and is carried ever after.
 */
final class SyntheticWindows implements WindowSource {
  private static final int WINDOWS = 16;

  private final int window;
  private final int batch;
  private final int[] inputs;
  private final int[] targets;

  SyntheticWindows(int vocabulary, int window, int batch, long seed, int lane) {
    this.window = window;
    this.batch = batch;
    int count = WINDOWS * window * batch;
    int[] tokens = SyntheticTokens.draw(vocabulary, 2 * count, seed, lane);
    this.inputs = Arrays.copyOfRange(tokens, 0, count);
    this.targets = Arrays.copyOfRange(tokens, count, 2 * count);
  }

  /** Distinct tokens of a window over all its tokens, on average. */
  double distinctShare() {
    int size = window * batch;
    long distinct = 0;
    for (int from = 0; from < inputs.length; from += size) {
      distinct += Arrays.stream(inputs, from, from + size).distinct().count();
    }
    return (double) distinct / inputs.length;
  }

  @Override
  public int steps(int epoch) {
    return Integer.MAX_VALUE;
  }

  @Override
  public void load(int epoch, int step, Window target) {
    target.begin(window, batch, step == 0);
    int size = window * batch;
    int from = step % WINDOWS * size;
    System.arraycopy(inputs, from, target.inputs(), 0, size);
    System.arraycopy(targets, from, target.targets(), 0, size);
  }
}
