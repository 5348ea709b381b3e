package io.unroll.driver.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 4, 0",
    "0.002, 4, 0.002",
    "1.48394, 4, 1.484",
    "2.5, 4, 2.5",
    "81920.4, 3, 81920",
    "0.00005, 2, 5e-5",
    "12345678, 3, 1.23e7",
    "-1.5, 1, -2",
    "NaN, 4, NaN",
    "-Infinity, 4, -Infinity"
  })
  void writesSignificantDigits(double value, int digits, String expected) {
    assertEquals(expected, Numbers.significant(value, digits));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0 | 0", "941121 | 941,121", "12941121 | 12.9 M", "1495040000 | 1.50 G"})
  void writesCounts(long count, String expected) {
    assertEquals(expected, Numbers.count(count));
  }
}
