package io.unroll.bench.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Tokens as Deeplearning4j wants them: each minibatch has inputs (B, 1, T) and, as sparse labels of
 * the same shape, the tokens that follow.
 */
final class Minibatches {
  private Minibatches() {}

  /** Minibatches of uniformly random tokens, the same for the same count. */
  static List<DataSet> random(Workload load, int count) {
    SplittableRandom random = new SplittableRandom(1);
    int length = count * load.tokensPerMinibatch() + 1;
    return of(load, random.ints(length, 0, load.vocabulary()).toArray());
  }

  /**
   * As many whole minibatches as the tokens make. The tokens are laid out as B streams side by
   * side, so that row b of one minibatch goes on in row b of the next.
   *
   * @throws IllegalArgumentException if they do not make one
   */
  static List<DataSet> of(Workload load, int[] tokens) {
    int count = (tokens.length - 1) / load.tokensPerMinibatch();
    if (count == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot train on %d tokens: one minibatch of %s has %d",
              tokens.length,
              load.name(),
              load.tokensPerMinibatch()));
    }
    List<DataSet> minibatches = new ArrayList<>(count);
    for (int m = 0; m < count; m++) {
      minibatches.add(
          new DataSet(rows(load, tokens, count, m, 0), rows(load, tokens, count, m, 1)));
    }
    return minibatches;
  }

  private static INDArray rows(Workload load, int[] tokens, int count, int minibatch, int ahead) {
    int steps = load.steps();
    float[] values = new float[load.tokensPerMinibatch()];
    for (int b = 0; b < load.batch(); b++) {
      int from = (b * count + minibatch) * steps + ahead;
      for (int t = 0; t < steps; t++) {
        values[b * steps + t] = tokens[from + t];
      }
    }
    return Nd4j.createFromArray(values).castTo(DataType.FLOAT).reshape('c', load.batch(), 1, steps);
  }
}
