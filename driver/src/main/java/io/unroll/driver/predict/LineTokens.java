package io.unroll.driver.predict;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Vocabulary;
import java.util.stream.IntStream;

/** A text as a language model takes it by itself: as a line between what ends lines. */
public final class LineTokens {
  private LineTokens() {}

  /**
   * The text between the tokens that begin and end it. The first is read only, each further one is
   * predicted.
   *
   * @throws DataException if the vocabulary lacks a token of it, or what ends lines
   */
  public static int[] of(Vocabulary vocabulary, String text) {
    int[] tokens = vocabulary.encode(text);
    int begin = vocabulary.begin().orElseGet(() -> lineEnd(vocabulary));
    int end = vocabulary.end().orElseGet(() -> lineEnd(vocabulary));
    return IntStream.concat(
            IntStream.concat(IntStream.of(begin), IntStream.of(tokens)), IntStream.of(end))
        .toArray();
  }

  private static int lineEnd(Vocabulary vocabulary) {
    return vocabulary
        .end()
        .orElseGet(
            () ->
                vocabulary
                    .id("\n")
                    .orElseThrow(
                        () ->
                            new DataException(
                                "Cannot score lines: the model's vocabulary has no line feed")));
  }
}
