package io.unroll.driver.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.layer.Saturation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GradientPageTest {
  private static final List<Saturation.Shares> GATES =
      List.of(new Saturation.Shares("f", 0.25, 0.5));

  private static GradientCurve curve(String layer, double... norms) {
    return GradientCurve.of(layer, List.of(norms), GATES);
  }

  @Test
  void curvesAreOverTheSequencesThatGoBackSoFar() {
    List<double[]> norms = new ArrayList<>();
    for (int x = 0; x <= 10; x++) {
      // Six of eleven go two steps back.
      norms.add(x < 6 ? new double[] {x, 2 * x, 8} : new double[] {x, 2 * x});
    }
    GradientCurve curve = GradientCurve.of("layer 1", norms, GATES);
    assertEquals(List.of(5.0, 10.0, 8.0), curve.mean());
    assertEquals(List.of(1.0, 2.0, 8.0), curve.low());
    assertEquals(List.of(5.0, 10.0, 8.0), curve.median());
    assertEquals(List.of(9.0, 18.0, 8.0), curve.high());
    norms.set(0, new double[] {0});
    norms.set(1, new double[] {1});
    assertEquals(2, GradientCurve.of("layer 1", norms, GATES).mean().size());
  }

  @Test
  void theFactorIsThatOfOneStepBehindTheFirst() {
    assertEquals(0.5, curve("a", 100, 8, 4, 2, 1).factor(), 1e-12);
    assertTrue(Double.isNaN(curve("a", 100, 8).factor()));
    assertTrue(Double.isNaN(curve("a", 100, 0, 0).factor()));
  }

  @Test
  void clippedStepsAreWeighedByTheStepsOfTheirRounds() {
    assertEquals(
        OptionalDouble.of((10 * 0.5 + 30 * 0.1) / 40),
        DiagnosedModel.clippedShare(List.of(line(round(1, 10, 0.5)), line(round(2, 30, 0.1)))));
    assertEquals(OptionalDouble.empty(), DiagnosedModel.clippedShare(List.of()));
  }

  private static MetricsLine line(RunEvent event) {
    return new MetricsLine(Optional.empty(), event);
  }

  private static RoundMetrics round(int round, int steps, double clipped) {
    return new RoundMetrics(
        round, 2, 1, 1, 1, 1, 1, 1, clipped, 1, steps, 0, 0, 1, 1, 1, 0, Duration.ZERO);
  }

  @Test
  void eachLayerHasAChartOfBothModels() {
    String page =
        GradientPage.html(
            List.of(
                new DiagnosedModel(
                    "runs/<a>",
                    List.of(curve("layer 1", 1, 0.1, 0), curve("layer 2", 1, 0.1)),
                    OptionalDouble.of(0.125)),
                new DiagnosedModel(
                    "runs/b", List.of(curve("layer 1", 1, 1e-30)), OptionalDouble.empty())),
            "summary");
    assertEquals(2, page.split("<figure ", -1).length - 1);
    assertEquals(2, page.split(">steps before the loss</p>", -1).length - 1);
    assertTrue(page.contains("<li class=\"valid\">runs/&lt;a&gt;"), page);
    assertTrue(page.contains("<li class=\"train\">runs/b"), page);
    assertFalse(page.contains("<li class=\"valid faint\""), page);
    assertTrue(page.contains("<td>25.0 %</td><td>50.0 %</td>"), page);
    assertTrue(page.contains("<td>12.5 %</td>"), page);
  }

  @Test
  void normsOf0DrawNothing() {
    String page =
        GradientPage.html(
            List.of(
                new DiagnosedModel("a", List.of(curve("layer 1", 0, 0)), OptionalDouble.empty())),
            "summary");
    assertTrue(page.contains("<figure "), page);
  }
}
