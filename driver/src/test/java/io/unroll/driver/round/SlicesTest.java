package io.unroll.driver.round;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlicesTest {
  @ParameterizedTest
  @CsvSource({
    "1,0,1,1",
    "524288,0,2,1",
    "524289,1,32,2",
    "600000,1200000,1,4",
    "1048576,1048576,8,4",
    "524288,0,33,2",
    "70000,70000,256,3"
  })
  void whatIsCutAndPastedIsWhatWasThere(int parameters, int optimizerState, int lanes, int count) {
    Slices slices = new Slices(parameters, optimizerState, lanes);
    float[] first = ramp(parameters, 0);
    float[] second = ramp(optimizerState, parameters);
    float[] pastedFirst = new float[parameters];
    float[] pastedSecond = new float[optimizerState];
    assertEquals(count, slices.count());
    int parametersInSlices = 0;
    for (int s = 0; s < count; s++) {
      parametersInSlices += slices.parametersOf(s);
      slices.paste(s, slices.cut(s, first, second), pastedFirst, pastedSecond);
    }
    assertEquals(parameters, parametersInSlices);
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
