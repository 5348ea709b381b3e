package io.unroll.worker.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LogSoftmaxTest {
  @Test
  void givesTheLogarithmOfTheSoftmax() {
    float[] logits = {99, 1, 2, 3, 99};
    LogSoftmax softmax = LogSoftmax.of(logits, 1, 4);
    double sum = Math.exp(1) + Math.exp(2) + Math.exp(3);
    for (int x = 1; x < 4; x++) {
      assertEquals(x - Math.log(sum), softmax.of(logits[x]), 1e-15);
    }
  }

  @Test
  void survivesExtremeLogitsAndForbiddenOnes() {
    LogSoftmax softmax = LogSoftmax.of(new float[] {-3e38f, 3e38f, 3e38f}, 0, 3);
    assertEquals(-Math.log(2), softmax.of(3e38f), 1e-15);
    assertEquals(-2.0 * 3e38f, softmax.of(-3e38f), "what rounding leaves of it");
    assertEquals(Double.NEGATIVE_INFINITY, softmax.of(Float.NEGATIVE_INFINITY));
  }

  @Test
  void refusesWhatIsNotFinite() {
    float[] logits = {0, 1, Float.POSITIVE_INFINITY};
    NonFiniteLogitsException thrown =
        assertThrows(NonFiniteLogitsException.class, () -> LogSoftmax.of(logits, 1, 3));
    assertEquals("Cannot draw a token: logit 1 of the model is Infinity", thrown.getMessage());
  }
}
