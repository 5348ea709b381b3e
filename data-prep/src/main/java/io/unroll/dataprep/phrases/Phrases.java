package io.unroll.dataprep.phrases;

import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * The phrases of an aligned sentence (Koehn, Och and Marcu 2003): spans of both sides that have a
 * link between them, and none to a word outside. Words without a link may stand at the ends of the
 * target's span.
 *
 * @param longest most words of a phrase
 */
record Phrases(String[] source, String[] target, Alignment alignment, int longest) {

  /** Hands over each phrase with its translation. */
  void each(BiConsumer<String, String> phrases) {
    for (int from = 0; from < source.length; from++) {
      for (int to = from + 1; to <= Math.min(source.length, from + longest); to++) {
        translations(from, to, phrases);
      }
    }
  }

  private void translations(int from, int to, BiConsumer<String, String> phrases) {
    int first = target.length;
    int end = 0;
    for (int i = from; i < to; i++) {
      for (int j = 0; j < target.length; j++) {
        if (alignment.linked()[i][j]) {
          first = Math.min(first, j);
          end = Math.max(end, j + 1);
        }
      }
    }
    if (first >= end || leads(from, to, first, end)) {
      return;
    }
    int lowest = first;
    while (lowest > 0 && !alignment.hasSource(lowest - 1)) {
      lowest--;
    }
    int highest = end;
    while (highest < target.length && !alignment.hasSource(highest)) {
      highest++;
    }
    String phrase = text(source, from, to);
    for (int begin = lowest; begin <= first; begin++) {
      for (int stop = end; stop <= Math.min(highest, begin + longest); stop++) {
        phrases.accept(phrase, text(target, begin, stop));
      }
    }
  }

  /** Whether a word of the target's span is a translation of a word outside the source's. */
  private boolean leads(int from, int to, int first, int end) {
    for (int j = first; j < end; j++) {
      for (int i = 0; i < source.length; i++) {
        if (alignment.linked()[i][j] && (i < from || i >= to)) {
          return true;
        }
      }
    }
    return false;
  }

  private static String text(String[] words, int from, int to) {
    return String.join(" ", Arrays.copyOfRange(words, from, to));
  }
}
