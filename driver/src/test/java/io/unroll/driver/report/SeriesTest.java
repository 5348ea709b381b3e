package io.unroll.driver.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTest {
  @Test
  void leavesShortSeriesAlone() {
    Series series = series(900, i -> i);
    assertSame(series, series.downsampled(900));
  }

  @ParameterizedTest
  @ValueSource(ints = {901, 1000, 10_000, 123_457})
  void keepsExtremesAndEndsWhenDownsampling(int size) {
    int peak = size / 3;
    int dip = size / 2;
    Series series = series(size, i -> i == peak ? 99 : i == dip ? -99 : Math.sin(i));
    List<Series.Point> points = series.downsampled(900).points();
    assertTrue(points.size() <= 900, points.size() + " points");
    assertTrue(points.size() > 500, points.size() + " points");
    assertTrue(points.contains(series.points().get(peak)));
    assertTrue(points.contains(series.points().get(dip)));
    assertEquals(series.points().get(0), points.get(0));
    assertEquals(series.points().get(size - 1), points.get(points.size() - 1));
  }

  @Test
  void keepsOrderWhenDownsampling() {
    List<Series.Point> points = series(5000, i -> -i % 7).downsampled(300).points();
    for (int i = 1; i < points.size(); i++) {
      assertTrue(points.get(i - 1).round() < points.get(i).round());
    }
  }

  @Test
  void keepsGapsWhenDownsampling() {
    List<Series.Point> points =
        series(5000, i -> i == 2500 ? Double.NaN : i).downsampled(300).points();
    assertEquals(1, points.stream().filter(p -> !p.finite()).count());
  }

  @Test
  void takesMeansOfWhatIsFinite() {
    double[] values = {1, 3, 5, Double.NaN, Double.NaN, Double.POSITIVE_INFINITY};
    List<Series.Point> means = series(6, i -> values[i]).means(3).points();
    assertEquals(
        List.of(
            new Series.Point(2, 0.5, 2),
            new Series.Point(4, 2.5, 5),
            new Series.Point(6, 4.5, Double.NaN)),
        means);
  }

  private static Series series(int size, IntToDoubleFunction value) {
    return new Series(
        "name",
        "style",
        IntStream.range(0, size)
            .mapToObj(i -> new Series.Point(i + 1, i, value.applyAsDouble(i)))
            .toList());
  }
}
