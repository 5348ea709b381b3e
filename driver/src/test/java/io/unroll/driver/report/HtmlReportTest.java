package io.unroll.driver.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private static final Instant NOW = Instant.parse("2026-11-29T06:00:00Z");

  private static final RunDescription CHARACTERS =
      new RunDescription(
          "plays",
          "LSTM, 2 layers of 256",
          TokenUnit.CHARACTER,
          941121,
          OptionalDouble.of(1),
          List.of(
              new RunDescription.EffectiveSetting("data", "data/plays", Optional.empty()),
              new RunDescription.EffectiveSetting("model.layers", "2", Optional.of("2")),
              new RunDescription.EffectiveSetting("model.hidden", "256", Optional.of("128"))));

  @Test
  void showsVerdictChartsSamplesAndSettings() {
    String html = html(CHARACTERS, run(40, 40));
    assertTrue(html.contains("All 40 rounds"));
    assertTrue(html.contains("<b>1.5000</b> <span>2.164 bits/char, round 40, epoch 4.00</span>"));
    assertTrue(html.contains("<b>941,121</b>"));
    assertTrue(html.contains("40,000 characters per second, 2.4 % overhead"));
    for (String title :
        List.of(
            "Loss",
            "Bits per character",
            "Gradient norm",
            "Clipped steps",
            "Learning rate",
            "Speed",
            "Overhead")) {
      assertTrue(html.contains("<h3>" + title + "</h3>"), title);
    }
    assertTrue(html.contains("clipped above 1"));
    assertTrue(html.contains("<pre><b>ROMEO:</b>sample 40</pre>"));
    assertTrue(html.contains("<tr><th>model.layers</th><td>2</td><td>2</td></tr>"));
    assertTrue(
        html.contains("<th>data</th><td colspan=\"2\" class=\"place\">data/plays</td></tr>"));
    assertTrue(html.contains(".settings th { white-space: nowrap; }"));
    assertTrue(
        html.contains("<tr class=\"changed\"><th>model.hidden</th><td>256</td><td>128</td></tr>"));
  }

  @Test
  void saysHowFarUnfinishedRunIs() {
    assertTrue(html(CHARACTERS, run(40, 12)).contains("12 of 40 rounds"));
  }

  @Test
  void saysWhereRunDiverged() {
    var events = new ArrayList<>(run(40, 11));
    events.add(round(12, 40, Double.NaN));
    String html = html(CHARACTERS, events);
    assertTrue(html.contains("Diverged in round 12: loss NaN"));
    assertFalse(html.contains("MNaN") || html.contains("NaN "), "no NaN in paths");
  }

  @Test
  void showsPerplexityOfWords() {
    var words = new RunDescription("", "", TokenUnit.WORD, 1, OptionalDouble.empty(), List.of());
    String html = html(words, run(40, 40));
    assertTrue(html.contains("perplexity 4.5, round 40"));
    assertTrue(html.contains("<h3>Perplexity</h3>"));
    assertFalse(html.contains("clipped above"));
  }

  @Test
  void saysThatThereAreNoRoundsYet() {
    String html = html(CHARACTERS, List.of());
    assertTrue(html.contains("No rounds yet."));
    assertTrue(html.contains("model.hidden"));
    assertFalse(html.contains("<figure"));
  }

  @Test
  void showsRunOfOneRoundWithoutValidation() {
    String html = html(CHARACTERS, List.of(round(1, 40, 4.17)));
    assertTrue(html.contains("1 of 40 rounds"));
    assertFalse(html.contains("Best validation loss"));
  }

  @Test
  void showsUntrainedModelOnly() {
    String html =
        html(
            CHARACTERS,
            List.of(new ValidationMetrics(0, 0, 4.17, 100, true, 1), new SampleText(0, "", "xqz")));
    assertTrue(html.contains("<b>4.1700</b>"));
    assertTrue(html.contains("xqz"));
  }

  @Test
  void countsTheLaterTellingOfRound() {
    var events = new ArrayList<>(run(40, 40));
    events.add(new ValidationMetrics(20, 2, 0.25, 100, true, 1));
    events.add(new ValidationMetrics(20, 2, 0.5, 100, true, 1));
    String html = html(CHARACTERS, events);
    assertTrue(html.contains("<b>0.5000</b> <span>0.721 bits/char, round 20"));
    assertFalse(html.contains("0.25"));
  }

  @Test
  void escapesWhateverTextHolds() {
    String evil = "</script></pre><img src=x onerror=alert(1)>&amp;\"'\u0000\ud800";
    var description =
        new RunDescription(
            evil,
            evil,
            TokenUnit.WORD,
            1,
            OptionalDouble.empty(),
            List.of(new RunDescription.EffectiveSetting(evil, evil, Optional.of(evil))));
    String html =
        html(description, List.of(round(1, 1, 1), new SampleText(1, evil, evil), round(1, 1, 1)));
    assertFalse(html.contains("<img"));
    assertEquals(1, Pattern.compile("</script>").matcher(html).results().count());
    assertEquals(1, Pattern.compile("</pre>").matcher(html).results().count());
    assertTrue(
        html.contains(
            "&lt;/script&gt;&lt;/pre&gt;&lt;img src=x onerror=alert(1)&gt;&amp;amp;&quot;&#39;"
                + "\uFFFD\uFFFD"));
  }

  @Test
  void keepsLineFeedAtTheBeginningOfSample() {
    String html = html(CHARACTERS, List.of(new SampleText(1, "", "\nA")));
    assertTrue(html.contains("<pre>\n\nA</pre>"));
  }

  @Test
  void needsNoNetwork() {
    String html = html(CHARACTERS, run(40, 40));
    assertFalse(Pattern.compile("https?:|src=|href=|url\\(|@import").matcher(html).find());
    assertTrue(html.contains("default-src 'none'"));
  }

  @Test
  void staysSmallForLongRuns() {
    int size = html(CHARACTERS, run(10_000, 10_000)).getBytes(UTF_8).length;
    assertTrue(size < 500_000, size + " bytes");
  }

  @Test
  void givesEqualBytesForEqualInputInEveryLocale() {
    String html = html(CHARACTERS, run(500, 500));
    Locale locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertEquals(html, html(CHARACTERS, run(500, 500)));
    } finally {
      Locale.setDefault(locale);
    }
  }

  @Test
  void choosesSamplesMoreDenselyWhereMoreIsLearned() {
    var samples = IntStream.range(0, 1000).mapToObj(i -> new SampleText(i, "", "")).toList();
    var chosen = SampleTimeline.chosen(samples).stream().map(SampleText::round).toList();
    assertEquals(List.of(0, 2, 6, 18, 51, 138, 372, 999), chosen);
    for (int size = 0; size < 100; size++) {
      assertEquals(Math.min(size, 8), SampleTimeline.chosen(samples.subList(0, size)).size());
    }
  }

  @Test
  void tellsWhenTheRunWasAndOnWhat() {
    Instant begun = Instant.parse("2026-11-28T22:05:09Z");
    var start = new RunStart(0, "0.1.0", "node7", "spark://node1:7077", 16, "17.0.17", "3.5.9");
    var again = new RunStart(1, "0.2.0", "node8", "local[2]", 2, "17.0.17", "3.5.9");
    List<MetricsLine> lines =
        List.of(
            new MetricsLine(Optional.of(begun), start),
            new MetricsLine(Optional.of(begun.plusSeconds(60)), again),
            new MetricsLine(Optional.of(begun.plusSeconds(3600)), round(2, 40, 4.17)));
    String html = HtmlReport.html(CHARACTERS, lines, Optional.empty(), NOW);
    assertTrue(html.contains("<th>began</th><td>2026-11-28 22:05:09 UTC</td>"));
    assertTrue(html.contains("<th>last event</th><td>2026-11-28 23:05:09 UTC</td>"));
    assertTrue(html.contains("<th>this report</th><td>2026-11-29 06:00:00 UTC</td>"));
    assertTrue(html.contains("<th>host</th><td>node8</td>"));
    assertTrue(html.contains("<th>cores</th><td>2, of local[2]</td>"));
    assertTrue(html.contains("<td>Unroll 0.2.0, Java 17.0.17, Spark 3.5.9</td>"));
    assertTrue(html.contains("<th>starts</th><td>2; "));
  }

  @Test
  void saysOfOldRunsOnlyWhenTheReportWasMade() {
    String html = html(CHARACTERS, run(40, 1));
    assertTrue(html.contains("<th>this report</th><td>2026-11-29 06:00:00 UTC</td>"));
    assertFalse(html.contains("<th>began</th>") || html.contains("<th>host</th>"));
  }

  private static String html(RunDescription run, List<? extends RunEvent> events) {
    List<MetricsLine> lines =
        events.stream().map(event -> new MetricsLine(Optional.empty(), event)).toList();
    return HtmlReport.html(run, lines, Optional.empty(), NOW);
  }

  /** A loss that falls to 1.5 with noise, a validation and a sample every tenth round. */
  private static List<RunEvent> run(int rounds, int done) {
    var random = new Random(1);
    var events = new ArrayList<RunEvent>();
    for (int i = 1; i <= done; i++) {
      events.add(round(i, rounds, 1.4 + 3.0 / i + 0.01 * random.nextGaussian()));
      if (i % 10 == 0) {
        double loss = i == rounds ? 1.5 : 1.5 + 2.0 / i;
        events.add(new ValidationMetrics(i, i / 10.0, loss, 1000, true, 0.5));
        events.add(new SampleText(i, "ROMEO:", "sample " + i));
      }
    }
    return events;
  }

  private static RoundMetrics round(int round, int rounds, double loss) {
    return new RoundMetrics(
        round,
        rounds,
        round / 10.0,
        50L * round,
        100_000L * round,
        loss,
        0.4 + 1.0 / round,
        0.8 + 4.0 / round,
        0.01,
        0.002,
        50,
        0.5,
        1.25,
        40_000 + round % 7,
        2.5,
        4.75,
        0.06,
        Duration.ofSeconds(rounds - round));
  }

  @Test
  void confusionsAreShadedByTheirShareOfTheRow() {
    var confusion =
        new Confusion(
            "The test split",
            List.of("rare", "<b>"),
            List.of(List.of(1L, 3L), List.of(0L, 10_000L)));
    String html = HtmlReport.html(CHARACTERS, List.of(), Optional.of(confusion), NOW);
    assertTrue(html.contains("The test split. Rows: "), html);
    // The most frequent label comes first.
    assertTrue(html.contains("<th></th><th>&lt;b&gt;</th><th>rare</th>"), html);
    assertTrue(
        html.contains(
            "<td class=\"wrong\" style=\"--share:0.750\" title=\"rare → &lt;b&gt;: 75.0 %\">3</td>"),
        html);
    assertTrue(html.contains(": 100.0 %\">10,000</td>"), html);
    assertTrue(html.contains(": 0.0 %\"></td>"), html);
    assertFalse(html(CHARACTERS, List.of()).contains("<table class=\"confusion\">"));
  }

  @Test
  void theBestAccuracyIsMarked() {
    var labels = new RunDescription("", "", TokenUnit.LABEL, 1, OptionalDouble.empty(), List.of());
    String html =
        html(
            labels,
            List.of(
                round(1, 2, 1),
                validation(1, 0.5, 0.875),
                round(2, 2, 1),
                validation(2, 0.4, 0.8125)));
    assertTrue(html.contains(">best 87.50 %</span>"), html);
  }

  private static ValidationMetrics validation(int round, double loss, double accuracy) {
    return new ValidationMetrics(
        round, round, loss, 10, true, 1, Map.of(ValidationMetrics.ACCURACY, accuracy));
  }
}
