package io.unroll.worker.evaluate;

import io.unroll.worker.data.SequenceRows;
import io.unroll.worker.data.Window;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.model.Tally;
import io.unroll.worker.parallel.Cores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Asks a language model to answer: to go on from what is given of a sequence. Its answers are
 * judged with the right tokens before each ("teacher forced"), without dropout. That tells exact
 * answers too: writing the most likely token again and again gives the right answer if, and only
 * if, each of its tokens is the most likely one behind the right ones before it.
 *
 * <p>A measurement does not depend on which other sequences are measured with it. Not thread-safe.
 */
public final class AnswerEvaluator {
  /** Steps, and sequences, at a time. */
  private static final int WINDOW = 64;

  private static final int BATCH = 64;

  private final LanguageModel model;
  private final int vocabulary;
  private final Window window = new Window(WINDOW, BATCH);
  private final float[] state;
  private final float[] logits;

  /**
   * Allocates a model.
   *
   * @param parameters not modified
   */
  public AnswerEvaluator(LanguageArchitecture architecture, float[] parameters, Cores cores) {
    this.model = architecture.model(WINDOW, BATCH, cores);
    this.vocabulary = architecture.vocabulary();
    this.state = new float[Math.multiplyExact(model.stateSize(), BATCH)];
    this.logits = new float[Math.multiplyExact(WINDOW * BATCH, vocabulary)];
    model.use(parameters);
  }

  /** How each sequence was answered, in their order. */
  public List<Tally> tallies(List<Segment> sequences) {
    Integer[] order = new Integer[sequences.size()];
    Arrays.setAll(order, x -> x);
    Arrays.sort(order, Comparator.comparingInt(x -> -sequences.get(x).tokens().length));
    Tally[] tallies = new Tally[order.length];
    for (int from = 0; from < order.length; from += BATCH) {
      int to = Math.min(from + BATCH, order.length);
      List<Segment> rows = new ArrayList<>();
      for (int x = from; x < to; x++) {
        rows.add(sequences.get(order[x]));
      }
      Tally[] measured = measure(rows);
      for (int x = from; x < to; x++) {
        tallies[order[x]] = measured[x - from];
      }
    }
    return Arrays.asList(tallies);
  }

  private Tally[] measure(List<Segment> rows) {
    int longest = rows.get(0).tokens().length - 1;
    Tally[] sums = new Tally[rows.size()];
    Arrays.fill(sums, Tally.NONE);
    for (int begin = 0; begin < longest; begin += WINDOW) {
      window.begin(Math.min(WINDOW, longest - begin), rows.size(), begin == 0);
      for (int b = 0; b < rows.size(); b++) {
        Segment segment = rows.get(b);
        SequenceRows.fill(window, b, segment.tokens(), begin, segment.context());
      }
      model.logits(window, state, logits);
      for (int b = 0; b < rows.size(); b++) {
        sums[b] = sums[b].plus(measure(rows.get(b), begin, b));
      }
    }
    for (int b = 0; b < sums.length; b++) {
      sums[b] = Tally.ofSequence(sums[b].loss(), sums[b].predictions(), sums[b].correct());
    }
    return sums;
  }

  /** What a sequence has to predict in the window. */
  private Tally measure(Segment segment, int begin, int b) {
    int first = Math.max(begin, segment.context());
    int end = Math.min(begin + window.time(), segment.tokens().length - 1);
    if (first >= end) {
      return Tally.NONE;
    }
    int[] places = new int[end - first];
    Arrays.setAll(places, x -> (first - begin + x) * window.batch() + b);
    int[] targets = Arrays.copyOfRange(segment.tokens(), first + 1, end + 1);
    Answer answer = Answer.of(logits, places, vocabulary, targets);
    return Tally.ofAnswers(answer.loss(), answer.targets(), answer.correct());
  }
}
