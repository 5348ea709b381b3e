package io.unroll.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlicesTest {
  @ParameterizedTest
  @CsvSource({"1,0,1", "524288,0,1", "524289,1,2", "600000,1200000,4", "1048576,1048576,4"})
  void whatIsCutAndPastedIsWhatWasThere(int parameters, int optimizerState, int count) {
    Slices slices = new Slices(parameters, optimizerState);
    float[] first = ramp(parameters, 0);
    float[] second = ramp(optimizerState, parameters);
    float[] pastedFirst = new float[parameters];
    float[] pastedSecond = new float[optimizerState];
    assertEquals(count, slices.count());
    for (int s = 0; s < count; s++) {
      slices.paste(s, slices.cut(s, first, second), pastedFirst, pastedSecond);
    }
    assertArrayEquals(first, pastedFirst);
    assertArrayEquals(second, pastedSecond);
  }

  private static float[] ramp(int size, int start) {
    float[] values = new float[size];
    for (int x = 0; x < size; x++) {
      values[x] = start + x;
    }
    return values;
  }
}
