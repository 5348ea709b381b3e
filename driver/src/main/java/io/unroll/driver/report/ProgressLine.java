package io.unroll.driver.report;

import java.util.Locale;

/**
 * Events as plain text for people: aligned, so that a column of rounds reads like a table on a
 * terminal as in a log file. No control characters but line feeds between the lines of a sample,
 * whatever the sample holds.
 *
 * <pre>
 * machine    node7, Spark on local[2] with 2 cores; Unroll 0.1.0, Java 17.0.17, Spark 3.5.9
 * round  12/40   epoch  2.40   loss 1.5000   2.164 bits/char   norm  0.250   clipped  13 %   81,920 tokens/s   overhead  2.4 %    1m10s left
 * valid  12/40   epoch  2.40   loss 1.4839   2.141 bits/char   best so far
 * sample 12/40   | ROMEO:
 *                | What say you to the crown?
 * </pre>
 */
public final class ProgressLine {
  private final TokenUnit unit;

  /** Of the whole run, as the last round told. */
  private int rounds;

  /**
   * @param unit decides between perplexity and bits per character
   * @param rounds rounds of the whole run, as far as is known; every round tells it anew
   */
  public ProgressLine(TokenUnit unit, int rounds) {
    this.unit = unit;
    this.rounds = rounds;
  }

  /** One line, or several for a sample, without the last line's end. */
  public String of(RunEvent event) {
    if (event instanceof RoundMetrics round) {
      rounds = round.rounds();
      return round(round);
    } else if (event instanceof ValidationMetrics validation) {
      return validation(validation);
    } else if (event instanceof RunStart start) {
      return start(start);
    }
    return sample((SampleText) event);
  }

  private String round(RoundMetrics m) {
    return format(
        "%s   %s   norm %6s   clipped %3.0f %%   %,8.0f %ss/s   overhead %4.1f %%   %6s left",
        head("round ", m.round()),
        losses(m.epoch(), m.loss()),
        Numbers.fixed(m.gradientNorm(), 3),
        100 * m.clippedShare(),
        m.tokensPerSecond(),
        unit == TokenUnit.LABEL ? unit.noun() : "token",
        100 * m.overheadShare(),
        Numbers.duration(m.timeLeft()));
  }

  private String validation(ValidationMetrics m) {
    return format(
        "%s   %s%s%s%s",
        head("valid ", m.round()),
        losses(m.epoch(), m.loss()),
        m.averageLoss().isPresent()
            ? format("   average %6s", Numbers.fixed(m.averageLoss().getAsDouble(), 4))
            : "",
        share(m, ValidationMetrics.ACCURACY) + share(m, ValidationMetrics.EXACT),
        m.best() ? "   best so far" : "");
  }

  private static String start(RunStart s) {
    return format(
        "machine    %s, Spark on %s with %d cores; Unroll %s, Java %s, Spark %s",
        s.host(), s.master(), s.cores(), s.version(), s.java(), s.spark());
  }

  private static String share(ValidationMetrics m, String name) {
    Double share = m.scores().get(name);
    return share == null ? "" : format("   %s %6.2f %%", name, 100 * share);
  }

  private String losses(double epoch, double loss) {
    if (unit == TokenUnit.LABEL) {
      return format("epoch %5.2f   loss %6s", epoch, Numbers.fixed(loss, 4));
    }
    int digits = unit == TokenUnit.CHARACTER ? 3 : 2;
    int places = unit == TokenUnit.CHARACTER ? 5 : 8;
    return format(
        "epoch %5.2f   loss %6s   %" + places + "s %s",
        epoch,
        Numbers.fixed(loss, 4),
        Numbers.fixed(unit.measured(loss), digits),
        unit.measure());
  }

  private String sample(SampleText sample) {
    String head = head("sample", sample.round());
    var text = new StringBuilder();
    for (String line : (sample.prompt() + sample.text()).split("\\R", -1)) {
      text.append(text.isEmpty() ? head : "\n" + " ".repeat(head.length()));
      text.append("   | ").append(printable(line));
    }
    return text.toString();
  }

  private String head(String what, int round) {
    int width = Integer.toString(rounds).length();
    return format("%s %" + width + "d/%d", what, round, rounds);
  }

  /** Control characters and changes of direction could move a terminal's cursor or text. */
  private static String printable(String line) {
    return line.replace('\t', ' ')
        .replaceAll("[\\p{Cc}\\p{Cs}\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]", "\uFFFD");
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
