package io.unroll.worker.evaluate;

import io.unroll.worker.data.Example;
import io.unroll.worker.data.Window;
import io.unroll.worker.model.Labeler;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.parallel.Cores;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Asks a labeler about examples, without dropout. The answer to an example does not depend on which
 * others are asked with it, nor on how many side by side. Not thread-safe.
 */
public final class LabelEvaluator {
  /** Examples side by side. */
  private static final int BATCH = 64;

  /** Steps of all of them together, unless one alone has more. */
  private static final int ROWS = 8192;

  private final LabelerArchitecture architecture;
  private final float[] parameters;
  private final Cores cores;
  private Labeler labeler;
  private Window window;
  private float[] logits;
  private int longest;
  private int capacity;

  /**
   * Takes a model.
   *
   * @param parameters not modified, and not to be
   */
  public LabelEvaluator(LabelerArchitecture architecture, float[] parameters, Cores cores) {
    this.architecture = architecture;
    this.parameters = parameters;
    this.cores = cores;
  }

  /** The answers to some examples, in their order. */
  public List<Answer> answers(List<Example> examples) {
    Integer[] order = new Integer[examples.size()];
    Arrays.setAll(order, x -> x);
    Arrays.sort(order, Comparator.comparingInt(x -> -examples.get(x).steps()));
    Answer[] answers = new Answer[order.length];
    int from = 0;
    while (from < order.length) {
      int steps = examples.get(order[from]).steps();
      allocate(steps);
      int batch = Math.min(capacity, order.length - from);
      window.beginExamples(steps, batch, architecture.isPooled());
      for (int b = 0; b < batch; b++) {
        window.put(b, examples.get(order[from + b]));
      }
      labeler.logits(window, logits);
      for (int b = 0; b < batch; b++) {
        Example example = examples.get(order[from + b]);
        answers[order[from + b]] = answer(example, batch, b);
      }
      from += batch;
    }
    return Arrays.asList(answers);
  }

  private static int batch(int steps) {
    return Math.max(1, Math.min(BATCH, ROWS / steps));
  }

  /**
   * Makes room for examples of so many steps; a model that has room, and not far too much, stays.
   */
  private void allocate(int steps) {
    boolean fits = labeler != null && steps <= longest;
    if (fits && (capacity == BATCH || batch(steps) <= 2 * capacity)) {
      return;
    }
    longest = steps;
    capacity = batch(steps);
    labeler = architecture.model(steps, capacity, cores);
    labeler.use(parameters);
    window = new Window(steps, capacity, architecture.vectorSize());
    int places = architecture.isPooled() ? 1 : steps;
    logits = new float[Math.multiplyExact(places * capacity, architecture.labels())];
  }

  private Answer answer(Example example, int batch, int b) {
    int places = architecture.isPooled() ? 1 : example.steps();
    int[] rows = new int[places];
    Arrays.setAll(rows, t -> t * batch + b);
    return Answer.of(logits, rows, architecture.labels(), example.targets());
  }
}
