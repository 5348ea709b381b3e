package io.unroll.driver.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Texts on a plane, as an SVG of its own. Where a text would cover another one, only its point is
 * drawn; pointing at it tells the text.
 *
 * @param texts what is written
 * @param places two coordinates of each
 */
public record TextMap(List<String> texts, List<double[]> places) {
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 900;
  private static final int MARGIN = 60;

  /** Height of a line, and width of a letter, about. */
  private static final int LINE = 13;

  private static final double LETTER = 6.2;

  /** Where a label is. */
  private record Box(double left, double top, double width) {
    boolean covers(Box other) {
      return left < other.left + other.width
          && other.left < left + width
          && Math.abs(top - other.top) < LINE;
    }
  }

  /** The picture. */
  public String toSvg() {
    double[] x = scaled(0, MARGIN, WIDTH - 3 * MARGIN);
    double[] y = scaled(1, MARGIN, HEIGHT - MARGIN);
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\" font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"%1$d\" height=\"%2$d\" fill=\"#ffffff\"/>\n",
            WIDTH,
            HEIGHT));
    List<Box> written = new ArrayList<>();
    for (int t = 0; t < texts.size(); t++) {
      String text = Html.escape(texts.get(t));
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" fill=\"#1f5fa8\"><title>%s</title></circle>\n",
              x[t],
              y[t],
              text));
      Box box = new Box(x[t] + LINE / 2.0, y[t], LETTER * texts.get(t).length());
      if (written.stream().noneMatch(box::covers)) {
        written.add(box);
        svg.append(
            String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" fill=\"#222222\">%s</text>\n",
                box.left(),
                y[t] + LINE / 3.0,
                text));
      }
    }
    return svg.append("</svg>\n").toString();
  }

  private double[] scaled(int axis, double from, double to) {
    double low = places.stream().mapToDouble(place -> place[axis]).min().orElse(0);
    double high = places.stream().mapToDouble(place -> place[axis]).max().orElse(0);
    double range = high > low ? high - low : 1;
    return places.stream()
        .mapToDouble(place -> from + (to - from) * (place[axis] - low) / range)
        .toArray();
  }
}
