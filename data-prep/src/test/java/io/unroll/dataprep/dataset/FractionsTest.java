package io.unroll.dataprep.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.dataprep.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FractionsTest {
  @ParameterizedTest
  @CsvSource({
    "0.9, 0.1, 0, 1115394, 1003854, 1115394",
    "0.7, 0.1, 0.2, 10, 7, 8",
    "0.8, 0.1, 0.1, 99, 79, 89",
    "0.9, 0, 0.1, 10, 9, 9",
    "1, 0, 0, 7, 7, 7",
    "0.3333333333, 0.3333333333, 0.3333333334, 10, 3, 6"
  })
  void cutsAtTheFloorOfTheShares(
      double train, double valid, double test, long total, long validBegin, long testBegin) {
    var fractions = new Fractions(train, valid, test);
    assertEquals(0, fractions.begin(Split.TRAIN, total));
    assertEquals(validBegin, fractions.begin(Split.VALID, total));
    assertEquals(validBegin, fractions.end(Split.TRAIN, total));
    assertEquals(testBegin, fractions.begin(Split.TEST, total));
    assertEquals(testBegin, fractions.end(Split.VALID, total));
    assertEquals(total, fractions.end(Split.TEST, total));
  }

  @ParameterizedTest
  @CsvSource({"0.9, 0.2, 0", "0, 1, 0", "1.1, -0.1, 0", "NaN, 0, 0", "0.5, 0.1, 0.1"})
  void refusesSharesThatAreNone(double train, double valid, double test) {
    var e = assertThrows(IllegalArgumentException.class, () -> new Fractions(train, valid, test));
    assertEquals(
        "Invalid fractions: %s/%s/%s (expected train > 0, valid >= 0, test >= 0, adding up to 1)"
            .formatted(train, valid, test),
        e.getMessage());
  }

  @Test
  void splitsHaveTheNamesOfTheirDirectories() {
    assertEquals(Split.VALID, Split.of("valid"));
    var e = assertThrows(DataException.class, () -> Split.of("validation"));
    assertEquals("Invalid split: validation (expected train, valid or test)", e.getMessage());
  }
}
