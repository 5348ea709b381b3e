package io.unroll.worker.decode;

import io.unroll.worker.data.Example;
import io.unroll.worker.data.Window;
import io.unroll.worker.model.EncoderDecoder;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.parallel.Cores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Writes texts about examples by {@link BeamSearch}, some side by side. What is written about an
 * example does not depend on which others are asked with it. Not thread-safe.
 */
public final class TextDecoder {
  /** Hypotheses side by side: enough for products to be fast. */
  private static final int ROWS = 128;

  /** Steps of sources side by side, once for each hypothesis: long sources take much memory. */
  private static final int STEPS = 1 << 14;

  private final EncoderDecoderArchitecture architecture;
  private final float[] parameters;
  private final BeamTokens tokens;
  private final DecodingOptions options;
  private final Cores cores;
  private EncoderDecoder model;
  private Window window;

  private int mostSteps;
  private int mostExamples;

  /**
   * Takes a model.
   *
   * @param parameters not modified, and not to be
   */
  public TextDecoder(
      EncoderDecoderArchitecture architecture,
      float[] parameters,
      BeamTokens tokens,
      DecodingOptions options,
      Cores cores) {
    this.architecture = architecture;
    this.parameters = parameters;
    this.tokens = tokens;
    this.options = options;
    this.cores = cores;
  }

  /** What is written about each example, the best first; their targets are not used. */
  public List<List<Hypothesis>> write(List<Example> examples) {
    Integer[] order = new Integer[examples.size()];
    Arrays.setAll(order, x -> x);
    Arrays.sort(order, Comparator.comparingInt(x -> -examples.get(x).steps()));
    List<List<Hypothesis>> written = new ArrayList<>(Collections.nCopies(order.length, List.of()));
    int from = 0;
    while (from < order.length) {
      int steps = examples.get(order[from]).steps();
      int end = Math.min(order.length, from + batch(steps));
      int to = from;
      while (to < end && longest(examples.get(order[to]).steps()) == longest(steps)) {
        to++;
      }
      List<Integer> rows = Arrays.asList(order).subList(from, to);
      List<List<Hypothesis>> found = search(examples, rows, steps);
      for (int b = 0; b < found.size(); b++) {
        written.set(rows.get(b), found.get(b));
      }
      from = to;
    }
    return written;
  }

  /** Most tokens of a text about a source of so many steps. */
  private int longest(int steps) {
    return architecture.vectorSize() > 0 ? options.longestAboutVectors() : options.longest(steps);
  }

  /** Examples side by side; halved, so that few sizes take turns. */
  private int batch(int steps) {
    int batch = Math.max(1, ROWS / options.width());
    while (batch > 1 && (long) batch * options.width() * steps > STEPS) {
      batch /= 2;
    }
    return batch;
  }

  private List<List<Hypothesis>> search(List<Example> examples, List<Integer> rows, int steps) {
    BeamOptions beam = options.search(longest(steps));
    allocate(steps, batch(steps), beam);
    window.beginTexts(steps, 1, rows.size());
    for (int b = 0; b < rows.size(); b++) {
      window.put(b, examples.get(rows.get(b)).withoutTargets());
    }
    return new BeamSearch(
            new EncoderDecoderGenerator(model), beam, tokens, rows.size(), cores.kernels())
        .search(window);
  }

  /** Makes room; a model that has room stays. */
  private void allocate(int steps, int batch, BeamOptions beam) {
    if (model != null && steps <= mostSteps && batch <= mostExamples) {
      return;
    }
    mostSteps = steps;
    mostExamples = batch;
    model = architecture.model(steps, beam.rows(batch), cores);
    model.use(parameters);
    window = new Window(steps, batch, architecture.vectorSize());
  }
}
