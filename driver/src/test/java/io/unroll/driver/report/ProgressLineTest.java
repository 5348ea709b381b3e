package io.unroll.driver.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {
  private static final ProgressLine CHARACTERS = new ProgressLine(TokenUnit.CHARACTER, 40);
  private static final ProgressLine WORDS = new ProgressLine(TokenUnit.WORD, 1200);

  @Test
  void showsRoundOfCharacters() {
    assertEquals(
        "round  12/40   epoch  2.40   loss 1.5000   2.164 bits/char   norm  0.250"
            + "   clipped  12 %     81,920 tokens/s   overhead  2.4 %    1m10s left",
        CHARACTERS.of(round(12, 40, 2.4, 1.5, 0.25, 81920)));
  }

  @Test
  void showsRoundOfWordsInTheSameColumns() {
    String early = WORDS.of(round(7, 1200, 0.01, 9.21, 12.5, 998));
    String late = WORDS.of(round(1200, 1200, 12, 4.5, 0.9, 123456));
    assertEquals(
        "round     7/1200   epoch  0.01   loss 9.2100    9996.60 perplexity   norm 12.500"
            + "   clipped  12 %        998 tokens/s   overhead  2.4 %    1m10s left",
        early);
    assertEquals(early.length(), late.length());
  }

  @Test
  void showsWhatARunStartsOn() {
    assertEquals(
        "machine    node7, Spark on local[2] with 2 cores; Unroll 0.1.0, Java 17.0.17, Spark 3.5.9",
        WORDS.of(new RunStart(0, "0.1.0", "node7", "local[2]", 2, "17.0.17", "3.5.9")));
  }

  @Test
  void showsDivergedRound() {
    assertEquals(
        "round  12/40   epoch  2.40   loss    NaN     NaN bits/char   norm Infinity"
            + "   clipped  12 %     81,920 tokens/s   overhead  2.4 %    1m10s left",
        CHARACTERS.of(round(12, 40, 2.4, Double.NaN, Double.POSITIVE_INFINITY, 81920)));
  }

  @Test
  void showsValidation() {
    assertEquals(
        "valid  12/40   epoch  2.40   loss 1.4839   2.141 bits/char   best so far",
        CHARACTERS.of(new ValidationMetrics(12, 2.4, 1.4839, 1000, true, 1)));
    assertEquals(
        "valid    12/1200   epoch  2.40   loss 5.0000     148.41 perplexity",
        WORDS.of(new ValidationMetrics(12, 2.4, 5, 1000, false, 1)));
  }

  @Test
  void showsHugePerplexity() {
    assertEquals(
        "valid     1/1200   epoch  1.00   loss 20.0000   4.85e+08 perplexity",
        WORDS.of(new ValidationMetrics(1, 1, 20, 1000, false, 1)));
  }

  @Test
  void showsSampleWithItsPromptLineByLine() {
    assertEquals(
        """
        sample  9/40   | ROMEO:
                       | What say you?
                       |\s
                       | No.""",
        CHARACTERS.of(new SampleText(9, "ROMEO:", "\nWhat say you?\r\n\nNo.")));
  }

  @Test
  void keepsControlCharactersFromTheTerminal() {
    assertEquals(
        "sample  9/40   | a\uFFFD[31mb c\uFFFDd😀",
        CHARACTERS.of(new SampleText(9, "", "a\u001b[31mb\tc\u202ed😀")));
  }

  @Test
  void isTheSameInEveryLocale() {
    Locale locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      showsRoundOfCharacters();
    } finally {
      Locale.setDefault(locale);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "0.4, 0s",
    "59.4, 59s",
    "59.6, 1m00s",
    "70, 1m10s",
    "3599, 59m59s",
    "3600, 1h00m",
    "7500, 2h05m",
    "86399, 23h59m",
    "86400, 1d00h",
    "273600, 3d04h"
  })
  void showsTimeInTwoUnits(double seconds, String expected) {
    assertEquals(expected, Numbers.duration(Duration.ofMillis(Math.round(1000 * seconds))));
  }

  private static RoundMetrics round(
      int round, int rounds, double epoch, double loss, double norm, double speed) {
    return new RoundMetrics(
        round,
        rounds,
        epoch,
        600,
        2457600,
        loss,
        norm,
        norm,
        0.1234,
        0.002,
        50,
        0.5,
        1.25,
        speed,
        2.5,
        4.75,
        0.06,
        Duration.ofSeconds(70));
  }
}
