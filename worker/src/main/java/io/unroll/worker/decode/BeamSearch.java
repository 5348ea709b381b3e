package io.unroll.worker.decode;

import io.unroll.worker.data.Window;
import io.unroll.worker.math.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lets a model write about sources, and looks for what it finds likeliest: beam search, or greedy
 * decoding with a beam of one. What it finds for a source is a function of the model's logits for
 * that source alone, whatever else is in the window. Not thread-safe.
 *
 * <p>A source is done when no hypothesis that is followed can still be among the best K that have
 * ended, or none is left. All sources take their steps together, each with one row for each
 * hypothesis; those that are done have no rows.
 */
public final class BeamSearch {
  private final Generator generator;
  private final BeamOptions options;
  private final BeamTokens tokens;
  private final int maxSources;
  private final AllowedTokens allowed;
  private final StateRows state;
  private final float[] logits;
  private final int[] last;
  private final int[] sources;
  private final int[] parents;

  /**
   * Allocates buffers for {@link BeamOptions#rows} rows.
   *
   * @param generator that parameters are, or will be, given to
   * @param tokens of its vocabulary
   * @param maxSources most sequences of a window, at least 1
   * @param kernels that sum probabilities
   * @throws IllegalArgumentException if the vocabulary lacks one of the tokens
   */
  public BeamSearch(
      Generator generator, BeamOptions options, BeamTokens tokens, int maxSources, Rows kernels) {
    tokens.check(generator.vocabulary());
    if (maxSources < 1) {
      throw new IllegalArgumentException(
          "Invalid number of sources: " + maxSources + " (expected at least 1)");
    }
    int maxRows = options.rows(maxSources);
    this.generator = generator;
    this.options = options;
    this.tokens = tokens;
    this.maxSources = maxSources;
    this.allowed = new AllowedTokens(tokens, options.noRepeat(), kernels, generator.vocabulary());
    this.state = new StateRows(generator, maxRows);
    this.logits = new float[Math.multiplyExact(maxRows, generator.vocabulary())];
    this.last = new int[maxRows];
    this.sources = new int[maxRows];
    this.parents = new int[maxRows];
  }

  /**
   * What the model writes about each source.
   *
   * @return for each sequence of the window the best hypotheses, the best first; fewer than asked
   *     for where the vocabulary has no more
   * @throws IllegalArgumentException if there are more sequences than buffers are for
   * @throws NonFiniteLogitsException if a logit is NaN or +∞
   */
  public List<List<Hypothesis>> search(Window window) {
    if (window.batch() > maxSources) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot search for %d sources: at most %d fit",
              window.batch(),
              maxSources));
    }
    List<Beam> beams = new ArrayList<>();
    for (int source = 0; source < window.batch(); source++) {
      beams.add(new Beam(source, options, tokens, allowed));
    }
    generator.read(window, state.values());
    List<Beam> live = beams;
    while (!live.isEmpty()) {
      step(live, window);
      live = live.stream().filter(beam -> !beam.rows().isEmpty()).toList();
    }
    return beams.stream().map(Beam::best).toList();
  }

  private void step(List<Beam> live, Window window) {
    int rows = gather(live);
    generator.next(last, sources, rows, state.values(), logits);
    float[] attention = generator.attention(rows);
    int[] lengths = window.lengths();
    int stride = attention.length / rows;
    int first = 0;
    int kept = 0;
    for (Beam beam : live) {
      int steps = lengths.length == 0 ? stride : lengths[beam.source()];
      int own = beam.rows().size();
      beam.advance(new StepRows(logits, generator.vocabulary(), attention, stride, steps, first));
      for (BeamRow row : beam.rows()) {
        parents[kept++] = first + row.parent();
      }
      first += own;
    }
    state.select(rows, parents, kept);
  }

  /** What the rows wrote last, and what they are about: those of a source side by side. */
  private int gather(List<Beam> live) {
    int rows = 0;
    for (Beam beam : live) {
      for (BeamRow row : beam.rows()) {
        last[rows] = row.written().last();
        sources[rows++] = beam.source();
      }
    }
    return rows;
  }
}
