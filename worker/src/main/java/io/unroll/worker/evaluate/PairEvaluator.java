package io.unroll.worker.evaluate;

import io.unroll.worker.data.Example;
import io.unroll.worker.data.Window;
import io.unroll.worker.model.EncoderDecoder;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.Tally;
import io.unroll.worker.parallel.Cores;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Measures the loss of texts about what was read, without dropout and without smoothing, with the
 * right tokens before each ("teacher forced"). An example's loss does not depend on which others
 * are measured with it, nor on how many side by side. Not thread-safe.
 */
public final class PairEvaluator {
  /** Examples side by side. */
  private static final int BATCH = 64;

  private final EncoderDecoderArchitecture architecture;
  private final float[] parameters;
  private final Cores cores;

  /**
   * Takes a model.
   *
   * @param parameters not modified, and not to be
   */
  public PairEvaluator(EncoderDecoderArchitecture architecture, float[] parameters, Cores cores) {
    this.architecture = architecture;
    this.parameters = parameters;
    this.cores = cores;
  }

  /** The losses of some examples, in their order. */
  public List<Tally> losses(List<Example> examples) {
    if (examples.isEmpty()) {
      return List.of();
    }
    int longest = 1;
    for (Example example : examples) {
      longest = Math.max(longest, Math.max(example.steps(), predictions(example)));
    }
    int batch = Math.min(BATCH, examples.size());
    EncoderDecoder model = architecture.model(longest, batch, cores);
    model.use(parameters);
    Window window = new Window(longest, batch, architecture.vectorSize());
    Integer[] order = new Integer[examples.size()];
    Arrays.setAll(order, x -> x);
    Arrays.sort(order, Comparator.comparingInt(x -> -examples.get(x).steps()));
    Tally[] losses = new Tally[order.length];
    for (int from = 0; from < order.length; from += batch) {
      int to = Math.min(from + batch, order.length);
      measure(model, window, examples, Arrays.asList(order).subList(from, to), losses);
    }
    return Arrays.asList(losses);
  }

  private static void measure(
      EncoderDecoder model,
      Window window,
      List<Example> examples,
      List<Integer> rows,
      Tally[] losses) {
    int longest = rows.stream().mapToInt(x -> predictions(examples.get(x))).max().orElseThrow();
    window.beginTexts(examples.get(rows.get(0)).steps(), longest, rows.size());
    for (int b = 0; b < rows.size(); b++) {
      window.putText(b, examples.get(rows.get(b)));
    }
    double[] rowLoss = new double[rows.size()];
    model.loss(window, rowLoss);
    for (int b = 0; b < rows.size(); b++) {
      losses[rows.get(b)] = Tally.ofLoss(rowLoss[b], predictions(examples.get(rows.get(b))));
    }
  }

  /** Tokens of the text behind its begin token. */
  private static int predictions(Example example) {
    return example.targets().length - 1;
  }
}
