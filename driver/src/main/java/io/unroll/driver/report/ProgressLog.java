package io.unroll.driver.report;

import io.unroll.dataprep.summary.Printable;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Clock;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What people watch while a command works: lines with the time of day, in which control characters
 * that others put into names do not reach a terminal. It is no result, so a terminal that is closed
 * meanwhile ends no command: what cannot be printed is passed over.
 */
public final class ProgressLog {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss ", Locale.ROOT);
  private static final String INDENT = " ".repeat("HH:mm:ss ".length());

  private final PrintWriter out;
  private final Clock clock;
  private final int every;

  /** The line of a round that was not printed, since its turn had not come; or else null. */
  private String heldBack;

  /**
   * A log that prints.
   *
   * @param out normally standard error
   * @param clock gives the times, and the zone of them
   * @param every how many rounds come to one printed line of a round, at least 1
   */
  public ProgressLog(PrintWriter out, Clock clock, int every) {
    Checks.require(every >= 1, "every", every, ">= 1");
    this.out = out;
    this.clock = clock;
    this.every = every;
  }

  /** A log that prints nothing. */
  public static ProgressLog silent() {
    return new ProgressLog(new PrintWriter(Writer.nullWriter()), Clock.systemUTC(), 1);
  }

  /**
   * Prints a text of one or more lines, the control characters in it by their numbers; before it,
   * the round that was held back.
   */
  public synchronized void say(String text) {
    flush();
    print(stamped(text));
  }

  /** Prints the line of a round if its turn has come; holds it back otherwise. */
  public synchronized void sayRound(int round, String line) {
    heldBack = stamped(line);
    if (round % every == 0) {
      flush();
    }
  }

  /** Prints the round that was held back, if there is one: it is the last. */
  public synchronized void flush() {
    if (heldBack != null) {
      print(heldBack);
      heldBack = null;
    }
  }

  private String stamped(String text) {
    return LocalTime.now(clock).format(TIME) + Printable.text(text).replace("\n", "\n" + INDENT);
  }

  private void print(String text) {
    out.println(text);
    out.flush();
  }
}
