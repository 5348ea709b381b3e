package io.unroll.worker.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.math.PlainKernels;
import org.junit.jupiter.api.Test;

class LogSoftmaxTest {
  private static final PlainKernels KERNELS = new PlainKernels();

  @Test
  void givesTheLogarithmOfTheSoftmax() {
    float[] logits = {99, 1, 2, 3, 99};
    LogSoftmax softmax = LogSoftmax.of(KERNELS, logits, 1, new float[3]);
    double sum = Math.exp(1) + Math.exp(2) + Math.exp(3);
    for (int x = 1; x < 4; x++) {
      assertEquals(x - Math.log(sum), softmax.of(logits[x]), 1e-7);
    }
  }

  @Test
  void survivesExtremeLogitsAndForbiddenOnes() {
    LogSoftmax softmax =
        LogSoftmax.of(KERNELS, new float[] {-3e38f, 3e38f, 3e38f}, 0, new float[3]);
    assertEquals(-Math.log(2), softmax.of(3e38f), 1e-15);
    assertEquals(-2.0 * 3e38f, softmax.of(-3e38f), "what rounding leaves of it");
    assertEquals(Double.NEGATIVE_INFINITY, softmax.of(Float.NEGATIVE_INFINITY));
  }

  @Test
  void refusesWhatIsNotFinite() {
    float[] logits = {0, 1, Float.POSITIVE_INFINITY};
    NonFiniteLogitsException thrown =
        assertThrows(
            NonFiniteLogitsException.class, () -> LogSoftmax.of(KERNELS, logits, 1, new float[2]));
    assertEquals("Cannot draw a token: logit 1 of the model is Infinity", thrown.getMessage());
  }

  @Test
  void namesTheLogitThatIsWrongAndNoForbiddenOne() {
    float[] logits = {Float.NEGATIVE_INFINITY, Float.NaN};
    NonFiniteLogitsException thrown =
        assertThrows(
            NonFiniteLogitsException.class, () -> LogSoftmax.of(KERNELS, logits, 0, new float[2]));
    assertEquals("Cannot draw a token: logit 1 of the model is NaN", thrown.getMessage());
  }

  /** What is below has no chance, and what is not far above has one. */
  @Test
  void tellsTheLogitsThatAreWorthALook() {
    LogSoftmax softmax = LogSoftmax.of(KERNELS, new float[] {-40, 3.25f, 7}, 0, new float[3]);
    for (float logit : new float[] {-40, -1e-9f, 3.25f, 7}) {
      double probability = softmax.of(logit);
      assertTrue(softmax.logitOf(probability) <= logit);
      assertTrue(softmax.logitOf(probability) > logit - 1e-4f);
    }
    assertEquals(Float.NEGATIVE_INFINITY, softmax.logitOf(-Double.MAX_VALUE));
  }
}
