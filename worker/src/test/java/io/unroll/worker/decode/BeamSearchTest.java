package io.unroll.worker.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.data.Window;
import io.unroll.worker.math.PlainKernels;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Small cases that can be followed by hand; tokens are 0 begin, 1 end, and others. */
class BeamSearchTest {
  private static final BeamTokens TOKENS = new BeamTokens(0, 1, OptionalInt.empty());
  private static final Window ONE = HashedGenerator.window(new int[] {1});

  /** Float logits of the scripts: relative errors of 6e-8 times logarithms below 10. */
  private static final double ROUNDING = 1e-5;

  private static final double[] ENDS = {0, 1, 0, 0, 0};

  @Test
  void scoresByTheMeanOverAllTokensTheEndIncluded() {
    Hypothesis best = one(new ScriptedGenerator(Map.of("2", ENDS), 0, 0, 0.5, 0.3, 0.2), 1, 9);
    assertArrayEquals(new int[] {2}, best.tokens());
    assertTrue(best.finished());
    assertEquals(Math.log(0.5), best.logProbability(), ROUNDING);
    assertEquals(Math.log(0.5) / 2, best.score(), ROUNDING);
    assertEquals(0, best.attention().length, "the model has no attention");
  }

  @Test
  void penalizesLengthByItsPower() {
    Map<String, double[]> script = Map.of("2", ENDS);
    for (double alpha : new double[] {0, 0.5, 2}) {
      Generator generator = new ScriptedGenerator(script, 0, 0, 0.5, 0.3, 0.2);
      Hypothesis best = all(generator, new BeamOptions(1, 1, alpha, 0, 9)).get(0);
      assertEquals(Math.log(0.5) / Math.pow(2, alpha), best.score(), ROUNDING);
    }
  }

  @Test
  void writesNothingWhereTheEndIsLikeliest() {
    Hypothesis best = one(new ScriptedGenerator(Map.of(), 0, 0.6, 0.4), 1, 9);
    assertEquals(0, best.tokens().length);
    assertTrue(best.finished());
    assertEquals(Math.log(0.6), best.score(), ROUNDING);
  }

  @Test
  void cutsWhatDoesNotEnd() {
    Hypothesis best = one(new ScriptedGenerator(Map.of(), 0, 0.1, 0.9), 1, 3);
    assertArrayEquals(new int[] {2, 2, 2}, best.tokens());
    assertFalse(best.finished());
    assertEquals(Math.log(0.9), best.score(), ROUNDING);
  }

  @Test
  void countsTheEndAmongTheLongest() {
    Map<String, double[]> script = Map.of("22", ENDS);
    Hypothesis best = one(new ScriptedGenerator(script, 0, 0, 0.5, 0.3, 0.2), 1, 3);
    assertArrayEquals(new int[] {2, 2}, best.tokens());
    assertTrue(best.finished());
  }

  @Test
  void findsWhatGreedyOverlooks() {
    Map<String, double[]> script =
        Map.of("", row(0, 0, 0.6, 0.4, 0), "2", row(0, 0.4, 0.2, 0.2, 0.2), "3", ENDS);
    assertArrayEquals(new int[] {2}, one(new ScriptedGenerator(script, ENDS), 1, 5).tokens());
    assertArrayEquals(new int[] {3}, one(new ScriptedGenerator(script, ENDS), 2, 5).tokens());
  }

  /** Both places of the beam go to texts with 3, which then spread; greedy's 22 is certain. */
  @Test
  void isNotWorseThanGreedyThatDroppedOutOfTheBeam() {
    Map<String, double[]> script =
        Map.of(
            "", row(0, 0, 0.5, 0.45, 0.05),
            "2", row(0, 0, 0.4, 0.3, 0.3),
            "3", row(0, 0, 0.5, 0.5, 0),
            "22", row(0, 0, 0, 0, 1),
            "224", ENDS);
    Generator generator = new ScriptedGenerator(script, 0, 0.25, 0.25, 0.25, 0.25);
    assertArrayEquals(new int[] {2, 2, 4}, one(generator, 1, 4).tokens());
    for (double alpha : new double[] {0, 1}) {
      List<Hypothesis> found = all(generator, new BeamOptions(2, 2, alpha, 0, 4));
      assertArrayEquals(new int[] {2, 2, 4}, found.get(0).tokens());
      assertEquals(3, found.get(1).tokens()[0]);
    }
  }

  @Test
  void goesOnWhileALaterHypothesisMayBeBetter() {
    Map<String, double[]> script =
        Map.of(
            "", row(0, 0.5, 0.5, 0, 0),
            "2", row(0, 0.5, 0.5, 0, 0),
            "22", row(0, 0, 0, 1, 0),
            "223", row(0, 0, 0, 1, 0));
    Generator generator = new ScriptedGenerator(script, ENDS);
    // Two have ended after two steps, with means of ln 0.5; the third has 2 ln 0.5 / 5.
    List<Hypothesis> found = all(generator, new BeamOptions(2, 2, 1, 0, 9));
    assertArrayEquals(new int[] {2, 2, 3, 3}, found.get(0).tokens());
  }

  @Test
  void stopsWhenNothingBetterCanCome() {
    ScriptedGenerator generator =
        new ScriptedGenerator(Map.of("", row(0, 0.7, 0.3, 0, 0)), 0, 0.6, 0.4, 0, 0);
    List<Hypothesis> found = all(generator, new BeamOptions(2, 2, 0, 0, 50));
    assertArrayEquals(new int[0], found.get(0).tokens());
    assertArrayEquals(new int[] {2}, found.get(1).tokens());
    assertEquals(2, generator.steps());
  }

  @Test
  void breaksTiesByTokenAndThenByParent() {
    BeamTokens tokens = new BeamTokens(3, 4, OptionalInt.empty());
    Generator generator = new ScriptedGenerator(Map.of(), 0.2, 0.2, 0.2, 0.2, 0.2);
    List<Hypothesis> found =
        new BeamSearch(generator, new BeamOptions(3, 3, 1, 0, 2), tokens, 1, new PlainKernels())
            .search(ONE)
            .get(0);
    assertArrayEquals(new int[] {0, 0}, found.get(0).tokens());
    assertArrayEquals(new int[] {1, 0}, found.get(1).tokens());
    assertArrayEquals(new int[] {2, 0}, found.get(2).tokens());
  }

  @Test
  void neverWritesBeginAndUnknownToken() {
    BeamTokens tokens = new BeamTokens(0, 1, OptionalInt.of(3));
    Generator generator = new ScriptedGenerator(Map.of("2", ENDS), 0.4, 0, 0.1, 0.4, 0.1);
    Hypothesis best =
        new BeamSearch(generator, BeamOptions.greedy(5), tokens, 1, new PlainKernels())
            .search(ONE)
            .get(0)
            .get(0);
    assertArrayEquals(new int[] {2}, best.tokens());
    assertEquals(Math.log(0.1), best.logProbability(), ROUNDING, "what is forbidden is no gift");
  }

  @Test
  void handsOutFewerWhereThereAreNoMore() {
    Generator generator = new ScriptedGenerator(Map.of(), 0, 0.5, 0.5);
    assertEquals(3, all(generator, new BeamOptions(9, 9, 1, 0, 2)).size());
  }

  @Test
  void refusesLogitsThatAreNotFinite() {
    Generator generator = new ScriptedGenerator(Map.of(), 0, Double.NaN, 1);
    NonFiniteLogitsException thrown =
        assertThrows(NonFiniteLogitsException.class, () -> one(generator, 2, 5));
    assertEquals("Cannot draw a token: logit 1 of the model is NaN", thrown.getMessage());
  }

  @Test
  void refusesMoreSourcesThanFit() {
    BeamSearch search =
        new BeamSearch(
            new ScriptedGenerator(Map.of(), 0, 1),
            BeamOptions.greedy(5),
            TOKENS,
            1,
            new PlainKernels());
    Window two = HashedGenerator.window(new int[] {1}, new int[] {1});
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> search.search(two));
    assertEquals("Cannot search for 2 sources: at most 1 fit", thrown.getMessage());
  }

  private static double[] row(double... probabilities) {
    return probabilities;
  }

  private static Hypothesis one(Generator generator, int width, int longest) {
    return all(generator, BeamOptions.beam(width, longest)).get(0);
  }

  private static List<Hypothesis> all(Generator generator, BeamOptions options) {
    return new BeamSearch(generator, options, TOKENS, 1, new PlainKernels()).search(ONE).get(0);
  }
}
