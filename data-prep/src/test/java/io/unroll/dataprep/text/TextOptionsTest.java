package io.unroll.dataprep.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.tokenize.CharTokenizer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextOptionsTest {
  private static TextOptions options(
      List<String> input, List<String> valid, String output, Fractions fractions, int blockLength) {
    return new TextOptions(
        input, valid, List.of(), output, new CharTokenizer(1), fractions, blockLength, false);
  }

  @Test
  void fractionsNotGivenFollowFromTheInputs() {
    assertEquals(Fractions.DEFAULT, options(List.of("a"), List.of(), "o", null, 100).fractions());
    assertEquals(
        Fractions.ALL_TRAIN, options(List.of("a"), List.of("b"), "o", null, 100).fractions());
  }

  @Test
  void refusesWhatCannotBeMeant() {
    assertRefused(
        "Invalid input: none (expected at least one URI)", List.of(), List.of(), "o", null, 100);
    assertRefused("Invalid output: none (expected a URI)", List.of("a"), List.of(), " ", null, 100);
    assertRefused(
        "Invalid block-length: 1 (expected 2 to 16777216 tokens)",
        List.of("a"),
        List.of(),
        "o",
        null,
        1);
    assertRefused(
        "Invalid fractions: 0.9/0.1/0.0 (expected none beside valid-input or test-input)",
        List.of("a"),
        List.of("b"),
        "o",
        Fractions.DEFAULT,
        100);
  }

  private static void assertRefused(
      String message,
      List<String> input,
      List<String> valid,
      String output,
      Fractions fractions,
      int blockLength) {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> options(input, valid, output, fractions, blockLength));
    assertEquals(message, e.getMessage());
  }
}
