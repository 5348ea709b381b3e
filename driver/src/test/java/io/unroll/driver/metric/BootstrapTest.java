package io.unroll.driver.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Intervals and comparisons beside those of sacrebleu 2.5's paired bootstrap, which draws other
 * samples: the expected values are means over twelve of its seeds, and the tolerances five times
 * their standard deviation.
 */
class BootstrapTest {
  private static final Bleu BLEU = new Bleu(BleuTokens.NONE, false);
  private static final List<String> WORDS = List.of("a", "b", "c", "d", "e", "f");

  /** Whether a word of a text is to be wrong. */
  @FunctionalInterface
  private interface Mistake {
    boolean at(int text, int place);
  }

  private static List<Compared> corpus(Mistake mistake) {
    List<Compared> corpus = new ArrayList<>();
    for (int text = 0; text < 40; text++) {
      List<String> right = new ArrayList<>();
      List<String> said = new ArrayList<>();
      for (int place = 0; place < 5 + text % 4; place++) {
        int word = (text * text + 3 * place + text * place) % 6;
        right.add(WORDS.get(word));
        said.add(WORDS.get(mistake.at(text, place) ? (word + 1) % 6 : word));
      }
      corpus.add(new Compared(String.join(" ", said), List.of(String.join(" ", right))));
    }
    return corpus;
  }

  private static List<Compared> better() {
    return corpus((text, place) -> (text + place) % 9 == 0);
  }

  private static List<Compared> worse() {
    return corpus((text, place) -> (2 * text + place) % 8 == 3);
  }

  @Test
  void theIntervalOfBleuIsThatOfSacrebleu() {
    TextCounts counts = TextCounts.of(BLEU, better());
    assertEquals(72.57414234367549, counts.score(), 1e-9);
    Interval interval = Interval.of(counts.resampled());
    assertEquals(65.85, interval.low(), 1.6);
    assertEquals(79.17, interval.high(), 1.6);
  }

  @Test
  void theComparisonIsThatOfSacrebleu() {
    Comparison found = Comparison.of(TextCounts.of(BLEU, better()), TextCounts.of(BLEU, worse()));
    assertEquals(72.57414234367549, found.score(), 1e-9);
    assertEquals(66.58639359314465, found.other(), 1e-9);
    assertEquals(0.0935, found.p(), 0.04);
    assertEquals(-3.76, found.difference().low(), 1.7);
    assertEquals(15.64, found.difference().high(), 1.7);
  }

  @Test
  void aComparisonTurnsAroundWithItsSystems() {
    TextCounts better = TextCounts.of(BLEU, better());
    TextCounts worse = TextCounts.of(BLEU, worse());
    Comparison one = Comparison.of(better, worse);
    Comparison other = Comparison.of(worse, better);
    assertEquals(one.p(), other.p());
    assertEquals(one.difference().low(), -other.difference().high());
  }

  @Test
  void equalSystemsDifferByNothing() {
    TextCounts counts = TextCounts.of(BLEU, better());
    Comparison found = Comparison.of(counts, counts);
    assertEquals(new Interval(0, 0), found.difference());
    assertEquals(1.0 / 1001, found.p(), "sacrebleu's, which does not blame it on chance");
  }

  @Test
  void refusesTextsOfOtherSources() {
    TextCounts counts = TextCounts.of(BLEU, better());
    TextCounts fewer = TextCounts.of(BLEU, better().subList(0, 5));
    assertEquals(
        "Invalid texts: 40 and 5 (expected those of the same sources)",
        assertThrows(IllegalArgumentException.class, () -> Comparison.of(counts, fewer))
            .getMessage());
  }

  @Test
  void everySampleDrawsAsManyAsThereAreAndTheSameEveryTime() {
    double[] sums = Bootstrap.statistics(7, drawn -> IntStream.of(drawn).sum());
    assertEquals(Bootstrap.RESAMPLES, sums.length);
    assertEquals(7 * 3, Arrays.stream(sums).average().orElseThrow(), 0.6); // sd of the mean 0.17
    assertArrayEquals(sums, Bootstrap.statistics(7, drawn -> IntStream.of(drawn).sum()));
    assertEquals(7, Bootstrap.statistics(7, drawn -> drawn.length)[999]);
  }

  @Test
  void anIntervalLeavesOutAFortiethAtEachEnd() {
    double[] numbers = IntStream.range(0, 1_000).mapToDouble(x -> 999 - x).toArray();
    assertEquals(new Interval(25, 974), Interval.of(numbers));
    assertEquals(999, numbers[0], "not sorted in place");
  }

  /** The score of a sample is that of the texts themselves. */
  @Test
  void countsOfTextsAddUp() {
    for (SummedMeasure measure : List.of(BLEU, new Chrf(false))) {
      List<Compared> corpus = better();
      TextCounts counts = TextCounts.of(measure, corpus);
      double[] scores =
          Bootstrap.statistics(
              corpus.size(),
              drawn ->
                  TextCounts.of(measure, IntStream.of(drawn).mapToObj(corpus::get).toList())
                      .score());
      assertArrayEquals(scores, counts.resampled(), 0);
    }
  }
}
