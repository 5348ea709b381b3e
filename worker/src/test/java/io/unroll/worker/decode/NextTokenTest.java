package io.unroll.worker.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;
import org.junit.jupiter.api.Test;

class NextTokenTest {
  private static final int DRAWS = 20_000;
  // Probabilities 0.1, 0.4, 0.2, 0.3.
  private static final float[] LOGITS = {
    (float) Math.log(1), (float) Math.log(4), (float) Math.log(2), (float) Math.log(3)
  };

  @Test
  void drawsTheModelsDistribution() {
    assertShares(new double[] {0.1, 0.4, 0.2, 0.3}, new SamplingOptions(1, 0, 1, false, 1));
  }

  @Test
  void sharpensByTemperature() {
    // Temperature 1/2 squares: 1, 16, 4, 9 of 30.
    assertShares(
        new double[] {1 / 30.0, 16 / 30.0, 4 / 30.0, 9 / 30.0},
        new SamplingOptions(0.5, 0, 1, false, 2));
  }

  @Test
  void keepsTheLikeliestByTopK() {
    assertShares(new double[] {0, 4 / 7.0, 0, 3 / 7.0}, new SamplingOptions(1, 2, 1, false, 3));
    assertShares(new double[] {0.1, 0.4, 0.2, 0.3}, new SamplingOptions(1, 99, 1, false, 4));
  }

  @Test
  void keepsTheNucleusByTopP() {
    // 0.4 + 0.3 reach 0.6; the third token is not needed.
    assertShares(new double[] {0, 4 / 7.0, 0, 3 / 7.0}, new SamplingOptions(1, 0, 0.6, false, 5));
    assertShares(
        new double[] {0, 4 / 9.0, 2 / 9.0, 3 / 9.0}, new SamplingOptions(1, 0, 0.85, false, 6));
    assertShares(new double[] {0, 1, 0, 0}, new SamplingOptions(1, 0, 1e-9, false, 7));
  }

  @Test
  void takesTheNucleusOfWhatTopKLeft() {
    // After top-k 3 the shares are 4/9, 3/9, 2/9: two of them reach 0.75, but not all three.
    assertShares(new double[] {0, 4 / 7.0, 0, 3 / 7.0}, new SamplingOptions(1, 3, 0.75, false, 8));
  }

  @Test
  void takesTheLikeliestWhenGreedy() {
    assertShares(new double[] {0, 1, 0, 0}, SamplingOptions.likeliest());
  }

  @Test
  void ranksEqualLogitsByAscendingId() {
    float[] ties = {-0f, 0f, -1f, 0f};
    assertEquals(0, draw(ties, SamplingOptions.likeliest()));
    assertEquals(0, draw(ties, new SamplingOptions(1, 1, 1, false, 1)));
  }

  @Test
  void survivesExtremeLogits() {
    float[] logits = {-3e38f, 3e38f, 0f};
    assertEquals(1, draw(logits, new SamplingOptions(1, 0, 1, false, 1)));
    assertEquals(1, draw(logits, new SamplingOptions(0.01, 3, 0.9, false, 1)));
  }

  @Test
  void ranksNegativeLogitsRightly() {
    float[] logits = {-5f, -1f, -3f, 2f};
    assertEquals(3, draw(logits, new SamplingOptions(1, 1, 1, false, 9)));
    assertEquals(0, counts(logits, new SamplingOptions(3, 3, 1, false, 9))[0]);
  }

  @Test
  void refusesLogitsThatAreNotFinite() {
    IllegalStateException error =
        assertThrows(
            IllegalStateException.class,
            () -> draw(new float[] {0f, Float.NaN}, SamplingOptions.plain(1)));
    assertEquals("Cannot draw a token: logit 1 of the model is NaN", error.getMessage());
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertMessage("Invalid temperature: 0.0 (expected > 0)", 0, 0, 1);
    assertMessage("Invalid top-k: -1 (expected 1 or more, or 0 for all tokens)", 1, -1, 1);
    assertMessage("Invalid top-p: 0.0 (expected 0 < top-p <= 1)", 1, 0, 0);
    assertMessage("Invalid top-p: NaN (expected 0 < top-p <= 1)", 1, 0, Double.NaN);
  }

  private static void assertMessage(String message, double temperature, int topK, double topP) {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new SamplingOptions(temperature, topK, topP, false, 1));
    assertEquals(message, error.getMessage());
  }

  private static int draw(float[] logits, SamplingOptions options) {
    return new NextToken(options, logits.length).draw(logits, stream(options));
  }

  private static RandomStream stream(SamplingOptions options) {
    return new RandomStream(options.seed(), Purpose.SAMPLING, 0, 0);
  }

  private static int[] counts(float[] logits, SamplingOptions options) {
    NextToken nextToken = new NextToken(options, logits.length);
    RandomStream random = stream(options);
    int[] counts = new int[logits.length];
    for (int x = 0; x < DRAWS; x++) {
      counts[nextToken.draw(logits, random)]++;
    }
    return counts;
  }

  /** Five standard deviations of a share; impossible tokens are never drawn. */
  private static void assertShares(double[] shares, SamplingOptions options) {
    int[] counts = counts(LOGITS, options);
    for (int x = 0; x < shares.length; x++) {
      double deviation = Math.sqrt(DRAWS * shares[x] * (1 - shares[x]));
      assertEquals(DRAWS * shares[x], counts[x], 5 * deviation, "draws of token " + x);
    }
  }
}
