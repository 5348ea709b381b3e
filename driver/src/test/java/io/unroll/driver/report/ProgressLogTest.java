package io.unroll.driver.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ProgressLogTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-29T06:05:09Z"), ZoneId.of("Asia/Tokyo"));

  private final StringWriter printed = new StringWriter();

  private ProgressLog log(int every) {
    return new ProgressLog(new PrintWriter(printed), CLOCK, every);
  }

  @Test
  void beginsEveryTextWithTheTimeOfDayAndKeepsItsLinesInOneColumn() {
    log(1).say("one\n  two");
    assertEquals("15:05:09 one\n           two\n", printed.toString());
  }

  @Test
  void keepsControlCharactersFromTheTerminal() {
    log(1).say("Reading a\u001b[2Jb");
    assertEquals("15:05:09 Reading a\\x1b[2Jb\n", printed.toString());
  }

  @Test
  void printsEveryNthRoundAndThoseBeforeOtherNews() {
    ProgressLog log = log(3);
    for (int round = 1; round <= 5; round++) {
      log.sayRound(round, "round " + round);
    }
    log.say("valid 5");
    for (int round = 6; round <= 8; round++) {
      log.sayRound(round, "round " + round);
    }
    log.flush();
    log.flush();
    assertEquals(
        """
        15:05:09 round 3
        15:05:09 round 5
        15:05:09 valid 5
        15:05:09 round 6
        15:05:09 round 8
        """,
        printed.toString());
  }

  @Test
  void writesTheSameDigitsInEveryLocale() {
    Locale locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      log(1).say("a");
    } finally {
      Locale.setDefault(locale);
    }
    assertEquals("15:05:09 a\n", printed.toString());
  }

  @Test
  void refusesIntervalsBelowOne() {
    assertThrows(IllegalArgumentException.class, () -> log(0));
  }
}
