package io.unroll.worker.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.math.PlainKernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for any model, shown with many sources of a model of hashes. */
class BeamGuaranteesTest {
  private static final int BEGIN = 0;
  private static final int END = 1;
  private static final int UNKNOWN = 2;
  private static final int SOURCES = 100;
  private static final BeamTokens TOKENS = new BeamTokens(BEGIN, END, OptionalInt.of(UNKNOWN));

  /** Sums of at most 12 logarithms of sums in float. */
  private static final double ROUNDING = 1e-5;

  @Test
  void widthOneIsGreedy() {
    HashedGenerator generator = new HashedGenerator(9, BEGIN, END);
    int unfinished = 0;
    for (int[] source : sources()) {
      Hypothesis greedy = greedy(generator, source, 12);
      Hypothesis found = search(generator, BeamOptions.greedy(12), source).get(0).get(0);
      assertArrayEquals(greedy.tokens(), found.tokens());
      assertEquals(greedy.finished(), found.finished());
      assertEquals(greedy.logProbability(), found.logProbability(), ROUNDING);
      assertEquals(greedy.score(), found.score(), ROUNDING);
      unfinished += found.finished() ? 0 : 1;
    }
    assertTrue(unfinished > 0 && unfinished < SOURCES, "some end and some do not");
  }

  @Test
  void isNeverWorseThanGreedy() {
    HashedGenerator generator = new HashedGenerator(9, BEGIN, END);
    for (double alpha : new double[] {0, 0.6, 1, 3}) {
      BeamOptions greedy = new BeamOptions(1, 1, alpha, 0, 12);
      int better = 0;
      for (int width = 2; width <= 5; width++) {
        BeamOptions beam = new BeamOptions(width, 1, alpha, 0, 12);
        for (int[] source : sources()) {
          double least = search(generator, greedy, source).get(0).get(0).score();
          double score = search(generator, beam, source).get(0).get(0).score();
          assertTrue(score >= least, () -> alpha + ": " + score + " < " + least);
          better += score > least ? 1 : 0;
        }
      }
      assertTrue(better > 0, "the beam finds what greedy does not");
    }
  }

  /** Vocabulary of 4 and at most 4 tokens: 31 texts, or 121 where begin and end are one token. */
  @Test
  void findsAllOfASmallTreeInOrder() {
    for (int begin : new int[] {BEGIN, END}) {
      HashedGenerator generator = new HashedGenerator(4, begin, END);
      BeamTokens tokens = new BeamTokens(begin, END, OptionalInt.empty());
      for (double alpha : new double[] {0, 0.7, 1}) {
        BeamOptions options = new BeamOptions(128, 128, alpha, 0, 4);
        for (int[] source : List.of(sources()).subList(0, 20)) {
          List<Hypothesis> expected = new ArrayList<>();
          collect(generator, source, tokens, options, new int[0], 0, expected);
          expected.sort(Comparator.comparingDouble(Hypothesis::score).reversed());
          List<Hypothesis> found =
              new BeamSearch(generator, options, tokens, 1, new PlainKernels())
                  .search(HashedGenerator.window(source))
                  .get(0);
          assertEquals(expected.size(), found.size());
          for (int x = 0; x < found.size(); x++) {
            assertArrayEquals(expected.get(x).tokens(), found.get(x).tokens());
            assertEquals(expected.get(x).finished(), found.get(x).finished());
            assertEquals(expected.get(x).score(), found.get(x).score(), ROUNDING);
          }
        }
      }
    }
  }

  @Test
  void findsTheSameWhateverElseIsInTheWindow() {
    HashedGenerator generator = new HashedGenerator(9, BEGIN, END);
    // By the sum, so that sources are done at different steps.
    BeamOptions options = new BeamOptions(4, 4, 0, 2, 12);
    BeamSearch search = new BeamSearch(generator, options, TOKENS, 5, new PlainKernels());
    int[][] all = sources();
    Set<Integer> rows = new HashSet<>();
    for (int from = 0; from < SOURCES; from += 5) {
      int[][] five = Arrays.copyOfRange(all, from, from + 5);
      List<List<Hypothesis>> together = search.search(HashedGenerator.window(five));
      rows.addAll(generator.rowsOfSteps);
      int[][] turned = {five[3], five[1], five[4], five[0], five[2]};
      List<List<Hypothesis>> otherwise = search.search(HashedGenerator.window(turned));
      int[] places = {3, 1, 4, 0, 2};
      for (int x = 0; x < 5; x++) {
        assertSame(together.get(places[x]), otherwise.get(x));
        assertSame(together.get(x), search(generator, options, five[x]).get(0));
      }
    }
    assertTrue(rows.stream().anyMatch(count -> count <= 4), "sources drop out: " + rows);
    assertTrue(rows.stream().anyMatch(count -> count > 20), "greedy has its row: " + rows);
    assertTrue(rows.stream().allMatch(count -> count <= options.rows(5)), rows::toString);
  }

  @Test
  void repeatsNothingIfAsked() {
    HashedGenerator generator = new HashedGenerator(5, BEGIN, END);
    for (int n = 1; n <= 3; n++) {
      int repeats = 0;
      for (int width : new int[] {1, 3}) {
        for (int[] source : sources()) {
          BeamOptions free = new BeamOptions(width, 1, 1, 0, 12);
          repeats += repeats(search(generator, free, source).get(0).get(0), n);
          BeamOptions options = new BeamOptions(width, width, 1, n, 12);
          for (Hypothesis hypothesis : search(generator, options, source).get(0)) {
            assertEquals(0, repeats(hypothesis, n), n + ": " + hypothesis);
          }
        }
      }
      assertTrue(repeats > 0, "the model likes to repeat");
    }
  }

  @Test
  void tellsWhatWasLookedAt() {
    HashedGenerator generator = new HashedGenerator(9, BEGIN, END);
    BeamOptions options = new BeamOptions(3, 3, 1, 0, 12);
    int[][] two = {sources()[1], sources()[2]};
    assertNotEquals(two[0].length, two[1].length);
    List<List<Hypothesis>> found = search(generator, options, two);
    for (int b = 0; b < 2; b++) {
      for (Hypothesis hypothesis : found.get(b)) {
        int[] tokens = hypothesis.tokens();
        assertEquals(tokens.length, hypothesis.attention().length);
        for (int x = 0; x < tokens.length; x++) {
          float[] expected = generator.weightsAfter(two[b], Arrays.copyOf(tokens, x));
          assertArrayEquals(expected, hypothesis.attention()[x]);
        }
      }
    }
  }

  @Test
  void writesOnlyWhatIsText() {
    HashedGenerator generator = new HashedGenerator(5, BEGIN, END);
    BeamOptions options = new BeamOptions(4, 4, 1, 0, 6);
    for (int[] source : sources()) {
      for (Hypothesis hypothesis : search(generator, options, source).get(0)) {
        assertTrue(IntStream.of(hypothesis.tokens()).allMatch(token -> token > UNKNOWN));
        assertFalse(!hypothesis.finished() && hypothesis.tokens().length != 6);
        assertFalse(hypothesis.finished() && hypothesis.tokens().length > 5);
      }
    }
  }

  /** Different texts of 1 to 4 tokens. */
  private static int[][] sources() {
    int[][] sources = new int[SOURCES][];
    for (int x = 0; x < SOURCES; x++) {
      sources[x] = new int[1 + x % 4];
      Arrays.fill(sources[x], x);
    }
    return sources;
  }

  private static List<List<Hypothesis>> search(
      Generator generator, BeamOptions options, int[]... sources) {
    return new BeamSearch(generator, options, TOKENS, sources.length, new PlainKernels())
        .search(HashedGenerator.window(sources));
  }

  /** The plain twin of a beam of one. */
  private static Hypothesis greedy(HashedGenerator generator, int[] source, int longest) {
    int[] written = new int[0];
    double sum = 0;
    for (int n = 1; n <= longest; n++) {
      float[] logits = generator.logitsAfter(source, written);
      int best = END;
      for (int token = UNKNOWN + 1; token < logits.length; token++) {
        best = logits[token] > logits[best] ? token : best;
      }
      sum += logProbability(logits, best);
      if (best == END) {
        return new Hypothesis(written, sum, sum / n, true, new float[0][]);
      }
      written = with(written, best);
    }
    return new Hypothesis(written, sum, sum / longest, false, new float[0][]);
  }

  /** All texts that begin so. */
  private static void collect(
      HashedGenerator generator,
      int[] source,
      BeamTokens tokens,
      BeamOptions options,
      int[] written,
      double sum,
      List<Hypothesis> receiver) {
    float[] logits = generator.logitsAfter(source, written);
    int n = written.length + 1;
    for (int token = 0; token < logits.length; token++) {
      double next = sum + logProbability(logits, token);
      double score = next / Math.pow(n, options.lengthPenalty());
      if (token == tokens.end()) {
        receiver.add(new Hypothesis(written, next, score, true, new float[0][]));
      } else if (token != tokens.begin() && n == options.longest()) {
        receiver.add(new Hypothesis(with(written, token), next, score, false, new float[0][]));
      } else if (token != tokens.begin()) {
        collect(generator, source, tokens, options, with(written, token), next, receiver);
      }
    }
  }

  private static double logProbability(float[] logits, int token) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - logits[token]);
    }
    return -Math.log(sum);
  }

  private static int[] with(int[] written, int token) {
    int[] longer = Arrays.copyOf(written, written.length + 1);
    longer[written.length] = token;
    return longer;
  }

  private static int repeats(Hypothesis hypothesis, int n) {
    Set<String> seen = new HashSet<>();
    int repeats = 0;
    int[] tokens = hypothesis.tokens();
    for (int x = 0; x + n <= tokens.length; x++) {
      repeats += seen.add(Arrays.toString(Arrays.copyOfRange(tokens, x, x + n))) ? 0 : 1;
    }
    return repeats;
  }

  private static void assertSame(List<Hypothesis> expected, List<Hypothesis> found) {
    assertEquals(expected.size(), found.size());
    for (int x = 0; x < found.size(); x++) {
      assertArrayEquals(expected.get(x).tokens(), found.get(x).tokens());
      assertEquals(expected.get(x).score(), found.get(x).score());
      assertEquals(expected.get(x).logProbability(), found.get(x).logProbability());
      assertEquals(expected.get(x).finished(), found.get(x).finished());
      assertArrayEquals(expected.get(x).attention(), found.get(x).attention());
    }
  }
}
