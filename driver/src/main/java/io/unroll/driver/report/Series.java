package io.unroll.driver.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One line of a chart.
 *
 * @param name what it shows
 * @param style CSS class that gives it its colour
 * @param points in ascending order of x; y may be NaN or infinite: the line has a gap there
 */
record Series(String name, String style, List<Point> points) {

  /**
   * One point.
   *
   * @param round the round it belongs to
   * @param x position along the run, in epochs
   * @param y value
   */
  record Point(int round, double x, double y) {
    boolean finite() {
      return Double.isFinite(y);
    }
  }

  /** Added to the style of a line that only accompanies another. */
  static final String FAINT = " faint";

  /** Whether it accompanies another line: it has neither a place in the legend nor a label. */
  boolean isFaint() {
    return style.endsWith(FAINT);
  }

  static Series ofRounds(
      String name, String style, List<RoundMetrics> rounds, ToDoubleFunction<RoundMetrics> value) {
    return new Series(
        name,
        style,
        rounds.stream().map(r -> new Point(r.round(), r.epoch(), value.applyAsDouble(r))).toList());
  }

  static Series ofValidations(
      String name,
      String style,
      List<ValidationMetrics> validations,
      ToDoubleFunction<ValidationMetrics> value) {
    return new Series(
        name,
        style,
        validations.stream()
            .map(v -> new Point(v.round(), v.epoch(), value.applyAsDouble(v)))
            .toList());
  }

  /** The points from an x on. */
  Series from(double x) {
    return new Series(name, style, points.stream().filter(p -> p.x() >= x).toList());
  }

  /**
   * A series that looks the same with at most {@code limit} points: of each stretch of points the
   * lowest and the highest stay, and one gap if it has any; the first and the last point of all
   * stay, too.
   *
   * @param limit at least 8
   */
  Series downsampled(int limit) {
    if (points.size() <= limit) {
      return this;
    }
    int stretches = (limit - 2) / 3;
    var kept = new ArrayList<Point>();
    kept.add(points.get(0));
    int inner = points.size() - 2;
    for (int i = 0; i < stretches; i++) {
      int begin = 1 + (int) ((long) inner * i / stretches);
      int end = 1 + (int) ((long) inner * (i + 1) / stretches);
      keepExtremes(points.subList(begin, end), kept);
    }
    kept.add(points.get(points.size() - 1));
    return new Series(name, style, List.copyOf(kept));
  }

  /**
   * Means over {@code count} stretches of like numbers of points, as many as there are if these are
   * fewer. Values that are not finite do not count; a stretch of nothing else is a gap.
   */
  Series means(int count) {
    int stretches = Math.min(count, points.size());
    var means = new ArrayList<Point>();
    for (int i = 0; i < stretches; i++) {
      int begin = (int) ((long) points.size() * i / stretches);
      int end = (int) ((long) points.size() * (i + 1) / stretches);
      means.add(mean(points.subList(begin, end)));
    }
    return new Series(name, style, List.copyOf(means));
  }

  private static Point mean(List<Point> stretch) {
    double x = stretch.stream().mapToDouble(Point::x).average().orElseThrow();
    double y =
        stretch.stream().filter(Point::finite).mapToDouble(Point::y).average().orElse(Double.NaN);
    return new Point(stretch.get(stretch.size() - 1).round(), x, y);
  }

  private static void keepExtremes(List<Point> stretch, List<Point> kept) {
    int low = -1;
    int high = -1;
    int gap = -1;
    for (int i = 0; i < stretch.size(); i++) {
      double y = stretch.get(i).y();
      if (!Double.isFinite(y)) {
        gap = gap < 0 ? i : gap;
      } else {
        low = low < 0 || y < stretch.get(low).y() ? i : low;
        high = high < 0 || y > stretch.get(high).y() ? i : high;
      }
    }
    for (int i = 0; i < stretch.size(); i++) {
      if (i == low || i == high || i == gap) {
        kept.add(stretch.get(i));
      }
    }
  }
}
