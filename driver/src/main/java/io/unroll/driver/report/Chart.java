package io.unroll.driver.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One chart of a report, as an HTML figure. Lines are inline SVG stretched to whatever width there
 * is; ticks and labels are HTML on top, placed by percentages, so that they keep their size on a
 * phone. Values for hovering are an attribute that {@code report.js} reads.
 *
 * @param title what is shown
 * @param unit unit of y
 * @param size CSS class: {@code wide}, {@code half} or {@code third} of the page
 * @param along what x counts
 * @param x axis along the run, in epochs, or back from a loss, in steps
 * @param y axis of the values
 * @param series the lines, the most important last
 * @param marks horizontal rules and marked points
 */
record Chart(
    String title,
    String unit,
    String size,
    Along along,
    Axis x,
    Axis y,
    List<Series> series,
    Marks marks) {

  /** One along a run. */
  Chart(String title, String unit, String size, Axis x, Axis y, List<Series> series, Marks marks) {
    this(title, unit, size, Along.EPOCHS, x, y, series, marks);
  }

  /** What the x axis counts. */
  enum Along {
    EPOCHS("epoch", "epochs"),
    MINUTES("minutes of rounds", "minutes of rounds"),
    STEPS_BACK("steps before the loss", "steps before the loss");

    private final String axis;
    private final String noun;

    Along(String axis, String noun) {
      this.axis = axis;
      this.noun = noun;
    }

    /** What is written below the axis. */
    String axis() {
      return axis;
    }
  }

  /** Points per line: about one for every pixel of a wide screen. */
  static final int MOST_POINTS = 900;

  /** Longer lines are drawn as their means over what they range over. */
  private static final int DENSE = 400;

  private static final int MEANS = 120;

  /** Lines of so few points show each of them. */
  private static final int MOST_DOTS = 60;

  /** The side of the SVG's square view box. */
  private static final double SIDE = 1000;

  /** Least distance between two labels at the ends of lines, as share of the height. */
  private static final double LABEL_HEIGHT = 0.075;

  /**
   * What is drawn beside the lines.
   *
   * @param rule a value with a dashed line across, named in the legend
   * @param point a point with a ring around
   */
  record Marks(Optional<Mark<Double>> rule, Optional<Mark<Series.Point>> point) {
    static final Marks NONE = new Marks(Optional.empty(), Optional.empty());
  }

  /** Something marked, and what is written beside it. */
  record Mark<T>(T at, String label) {}

  String html() {
    var html = new StringBuilder();
    html.append("<figure class=\"chart ").append(size).append("\" data-chart=\"");
    html.append(Html.escape(ChartData.json(this))).append("\">\n");
    html.append("<figcaption><h3>")
        .append(Html.escape(title))
        .append("</h3> <span class=\"unit\">");
    html.append(Html.escape(unit)).append("</span>").append(legend()).append("</figcaption>\n");
    html.append("<div class=\"plot\" role=\"img\" aria-label=\"");
    html.append(Html.escape(description())).append("\">\n").append(svg());
    ticks(html);
    labels(html);
    return html.append("</div>\n<p class=\"axis\">")
        .append(along.axis())
        .append("</p>\n</figure>\n")
        .toString();
  }

  private String description() {
    var text = new StringBuilder(title + " in " + unit + " over " + along.noun + ".");
    for (Series line : series) {
      last(line)
          .ifPresent(
              p ->
                  text.append(' ')
                      .append(line.name())
                      .append(" ends at ")
                      .append(value(p))
                      .append('.'));
    }
    return text.toString();
  }

  private String legend() {
    if (series.size() < 2) {
      return "";
    }
    var html = new StringBuilder("<ul class=\"legend\">");
    for (Series line : series.stream().filter(each -> !each.isFaint()).toList()) {
      html.append("<li class=\"")
          .append(line.style())
          .append("\">")
          .append(Html.escape(line.name()));
      last(line).ifPresent(p -> html.append(" <b>").append(value(p)).append("</b>"));
      html.append("</li>");
    }
    marks
        .rule()
        .ifPresent(
            rule ->
                html.append("<li class=\"limit\">")
                    .append(Html.escape(rule.label()))
                    .append("</li>"));
    return html.append("</ul>").toString();
  }

  private String svg() {
    var svg =
        new StringBuilder(
            "<svg viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    svg.append("<path class=\"grid\" d=\"");
    y.ticks().forEach(tick -> svg.append(across(tick)));
    svg.append("\"/>");
    series.forEach(line -> line(svg, line));
    marks.rule().ifPresent(rule -> path(svg, "rule", across(rule.at())));
    marks
        .point()
        .ifPresent(
            mark -> {
              path(svg, "ring", "M" + place(mark.at()) + "h0");
              path(svg, "ring inner", "M" + place(mark.at()) + "h0");
            });
    return svg.append("</svg>\n").toString();
  }

  private void line(StringBuilder svg, Series line) {
    int size = line.points().size();
    if (size > DENSE) {
      path(svg, "range " + line.style(), d(line.downsampled(MOST_POINTS)));
      path(svg, "line " + line.style(), d(line.means(MEANS)));
      return;
    }
    path(svg, "line " + line.style(), d(line));
    if (size <= MOST_DOTS) {
      path(svg, "dots " + line.style(), dots(line));
    }
  }

  private static void path(StringBuilder svg, String style, String d) {
    if (!d.isEmpty()) {
      svg.append("<path class=\"").append(style).append("\" d=\"").append(d).append("\"/>");
    }
  }

  private String across(double value) {
    return "M0 " + coordinate(SIDE * (1 - y.position(value))) + "H1000";
  }

  /** A line through the points, broken where a value is not finite. */
  private String d(Series line) {
    var d = new StringBuilder();
    boolean drawing = false;
    for (Series.Point p : line.points()) {
      if (p.finite()) {
        d.append(drawing ? 'L' : 'M').append(place(p));
      }
      drawing = p.finite();
    }
    return d.toString();
  }

  /** Lines of no length with round ends: dots that stay round however the picture is stretched. */
  private String dots(Series line) {
    var d = new StringBuilder();
    line.points().stream()
        .filter(Series.Point::finite)
        .forEach(p -> d.append('M').append(place(p)).append("h0"));
    return d.toString();
  }

  private String place(Series.Point p) {
    return coordinate(SIDE * x.position(p.x())) + " " + coordinate(SIDE * (1 - y.position(p.y())));
  }

  private static String coordinate(double value) {
    long tenths = Math.round(10 * value);
    return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
  }

  private void ticks(StringBuilder html) {
    for (double tick : y.ticks()) {
      span(html, "ty", "top:" + percent(1 - y.position(tick)), y.label(tick));
    }
    for (double tick : x.ticks()) {
      span(html, "tx", "left:" + percent(x.position(tick)), x.label(tick));
    }
  }

  private void labels(StringBuilder html) {
    marks.point().ifPresent(mark -> pointLabel(html, mark));
    if (size.equals("wide")) {
      endLabels(html);
    }
  }

  /** Beside a marked point, on the side that has room. */
  private void pointLabel(StringBuilder html, Mark<Series.Point> mark) {
    double left = x.position(mark.at().x());
    String side = left > 0.5 ? "right:" + percent(1 - left) : "left:" + percent(left);
    String height = "top:" + percent(1 - y.position(mark.at().y()));
    span(html, "point-label", side + ";" + height, mark.label());
  }

  /** Names at the ends of the lines, moved apart if they would cover each other. */
  private void endLabels(StringBuilder html) {
    var lines =
        series.stream()
            .filter(s -> last(s).isPresent() && !s.isFaint())
            .sorted(java.util.Comparator.comparingDouble(s -> -last(s).orElseThrow().y()))
            .toList();
    double free = 0;
    for (Series line : lines) {
      double top = Math.max(free, 1 - y.position(last(line).orElseThrow().y()));
      span(html, "end-label " + line.style(), "top:" + percent(top), line.name());
      free = top + LABEL_HEIGHT;
    }
  }

  private static void span(StringBuilder html, String style, String place, String text) {
    html.append("<span class=\"").append(style).append("\" style=\"").append(place).append("\">");
    html.append(Html.escape(text)).append("</span>\n");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }

  private static Optional<Series.Point> last(Series line) {
    return line.points().stream().filter(Series.Point::finite).reduce((first, second) -> second);
  }

  private static String value(Series.Point p) {
    return Numbers.significant(p.y(), 4);
  }
}
