package io.unroll.worker.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.layer.ParameterLayout.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** How numbers are spread. */
class HistogramTest {
  @Test
  void everyNumberIsInItsBin() {
    float[] values = new float[60 + 3];
    for (int x = 0; x < 60; x++) {
      values[x] = x;
    }
    values[60] = -1;
    values[61] = 5;
    values[62] = -1;
    Histogram first = Histogram.of(new Tensor("first", 0, 60, 0), values);
    assertEquals("first", first.tensor());
    assertEquals(0, first.least());
    assertEquals(59, first.largest());
    assertEquals(60, first.count());
    assertEquals(1770, first.sum());
    assertEquals(70_210, first.squares());
    assertEquals(59, first.limits()[59]);
    assertEquals(60, Arrays.stream(first.counts()).sum());
    for (int bin = 0; bin < 60; bin++) {
      assertEquals(1, first.counts()[bin], "bin " + bin);
      assertTrue(first.limits()[bin] >= bin * 59 / 60.0);
    }
    Histogram second = Histogram.of(new Tensor("second", 60, 3, 1), values);
    assertEquals(2, second.counts()[0]);
    assertEquals(1, second.counts()[59]);
  }

  @Test
  void equalNumbersAreInOne() {
    Histogram found = Histogram.of(new Tensor("w", 0, 2, 2), new float[] {2, 2, 2, 2, 9});
    assertEquals(4, found.counts()[0]);
    assertEquals(2, found.limits()[59]);
  }

  @Test
  void ofManyNumbersSomeAreTaken() {
    float[] values = new float[100_001];
    for (int x = 0; x < values.length; x++) {
      values[x] = x % 13;
    }
    Histogram found = Histogram.of(new Tensor("w", 0, 1000, 100), values);
    assertEquals(Math.ceil(100_000 / 13.0), found.count());
    assertEquals(found.count(), Arrays.stream(found.counts()).sum());
  }
}
