package io.unroll.worker.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A stretch of tokens whose loss is measured by itself, from a fresh state: a whole sequence, or a
 * piece of running text with some of the text before it as context.
 *
 * <p>Running text is cut into pieces of {@value #PREDICTIONS} predictions whatever the number of
 * cores, so that its loss never depends on that number. Up to {@value #CONTEXT} tokens before a
 * piece warm up the state and do not count. Segment s covers predictions s·{@value #PREDICTIONS}
 * on; p is the prediction of token p+1 from tokens up to p.
 *
 * @param tokens read from first to last but one; all but the first are predicted
 * @param context predictions at the start that do not count
 */
public record Segment(int[] tokens, int context) implements Serializable {
  /** Predictions that count in each segment of running text but the last. */
  public static final int PREDICTIONS = 2048;

  /** Most tokens read before those that count. */
  public static final int CONTEXT = 256;

  public Segment {
    if (context < 0 || tokens.length - 1 <= context) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot evaluate %d tokens after a context of %d: at least one prediction must count",
              tokens.length,
              context));
    }
  }

  /** Predictions that count. */
  public int predictions() {
    return tokens.length - 1 - context;
  }

  /**
   * A whole sequence.
   *
   * @param tokens at least two; not copied
   */
  public static Segment ofSequence(int[] tokens) {
    return ofSequence(tokens, 0);
  }

  /**
   * A whole sequence of which some is given.
   *
   * @param tokens at least two; not copied
   * @param given tokens behind the first that are read, but not predicted
   */
  public static Segment ofSequence(int[] tokens, int given) {
    return new Segment(tokens, given);
  }

  /** Number of segments of a running text. */
  public static long count(long textTokens) {
    return Math.max(0, textTokens - 1 + PREDICTIONS - 1) / PREDICTIONS;
  }

  /** Position in the text of the first token that a segment reads. */
  public static long firstToken(long segment) {
    return Math.max(0, segment * PREDICTIONS - CONTEXT);
  }

  /** Position in the text after the last token that a segment predicts. */
  public static long endToken(long segment, long textTokens) {
    return Math.min(textTokens, (segment + 1) * PREDICTIONS + 1);
  }

  /**
   * Segment of a running text.
   *
   * @param tokens those from {@link #firstToken} to before {@link #endToken}; not copied
   */
  public static Segment ofText(long segment, int[] tokens) {
    return new Segment(tokens, (int) (segment * PREDICTIONS - firstToken(segment)));
  }

  /** All segments of a text that is held in memory. */
  public static List<Segment> ofText(int[] text) {
    List<Segment> segments = new ArrayList<>();
    for (long s = 0; s < count(text.length); s++) {
      int from = (int) firstToken(s);
      int to = (int) endToken(s, text.length);
      segments.add(ofText(s, Arrays.copyOfRange(text, from, to)));
    }
    return segments;
  }
}
