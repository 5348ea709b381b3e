package io.unroll.driver.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Several runs on one page. */
class RunComparisonTest {
  private static RunComparison.Compared run(String title, double loss, String layers) {
    List<MetricsLine> lines = new ArrayList<>();
    for (int round = 1; round <= 3; round++) {
      lines.add(
          new MetricsLine(
              Optional.empty(),
              new RoundMetrics(
                  round,
                  3,
                  round / 3.0,
                  50L * round,
                  1000L * round,
                  loss + 3 - round,
                  1,
                  2,
                  0.5,
                  1e-3,
                  50,
                  0.25,
                  0.5,
                  100,
                  60,
                  3,
                  0.1,
                  Duration.ZERO)));
    }
    lines.add(
        new MetricsLine(Optional.empty(), new ValidationMetrics(2, 0.66, loss + 1, 9, true, 1)));
    lines.add(new MetricsLine(Optional.empty(), new ValidationMetrics(3, 1, loss, 9, true, 1)));
    return new RunComparison.Compared(
        new RunDescription(
            title,
            "",
            TokenUnit.CHARACTER,
            1234,
            OptionalDouble.empty(),
            List.of(
                new RunDescription.EffectiveSetting("model.layers", layers, Optional.of("2")),
                new RunDescription.EffectiveSetting("training.batch", "32", Optional.of("32")))),
        lines);
  }

  @Test
  void showsOutcomesLinesAndTheSettingsThatDiffer() {
    String html =
        RunComparison.html(List.of(run("a", 1.5, "1"), run("<b>", 1.25, "3"), run("c", 2, "1")));
    assertTrue(html.contains("<h1>a and 2 others</h1>"), html);
    assertTrue(html.contains("<th class=\"named\">&lt;b&gt;</th><td>1.2500</td>"), html);
    assertTrue(html.contains("<td>" + Numbers.fixed(1.5 / Math.log(2), 3) + " bits/char</td>"));
    assertTrue(html.contains("<tr><th>model.layers</th><td>1</td><td>3</td><td>1</td></tr>"));
    assertFalse(html.contains("training.batch"));
    // Two and three minutes of rounds before the validations.
    assertTrue(html.contains("&quot;along&quot;:&quot;minutes of rounds&quot;"), html);
    assertTrue(html.contains("&quot;x&quot;:[2,3],&quot;y&quot;:[2.5,1.5]"), html);
    for (int run = 0; run < 3; run++) {
      assertTrue(html.contains("class=\"line run" + run + "\""), html);
    }
  }

  @Test
  void runsThatHaveNotBegunHaveARow() {
    var empty = new RunComparison.Compared(run("empty", 1, "1").run(), List.of());
    String html = RunComparison.html(List.of(empty, empty));
    assertTrue(html.contains("<th class=\"named\">empty</th><td></td>"), html);
    assertFalse(html.contains("<figure"), html);
    assertEquals(html, RunComparison.html(List.of(empty, empty)));
  }
}
