package io.unroll.driver.report;

import java.util.List;
import java.util.Locale;

/**
 * What a model looked at while it wrote, as an SVG of its own: a row for each token that was
 * written, a column for each that was read, the darker, the more weight (Bahdanau, Cho and Bengio
 * 2015, figure 3).
 *
 * @param read tokens of the source, or names of its steps
 * @param written tokens
 * @param weights of the columns in each row, which add up to 1
 */
public record AlignmentPicture(List<String> read, List<String> written, float[][] weights) {
  /** Side of a square, in pixels. */
  private static final int CELL = 24;

  /** Width of a letter, about. */
  private static final int LETTER = 8;

  private static final int MARGIN = 12;
  private static final int LEGEND = 24;

  /** Width of the line that explains the picture. */
  private static final int EXPLANATION = 310;

  /** The picture. */
  public String toSvg() {
    int left = MARGIN + LETTER * longest(written) + MARGIN;
    int top = MARGIN + LEGEND + LETTER * longest(read) + MARGIN;
    // Names of columns lean to the right.
    int drawn = left + CELL * read.size() + LETTER * longest(read) / 2 + MARGIN;
    int width = Math.max(drawn, MARGIN + EXPLANATION + MARGIN);
    int height = top + CELL * written.size() + MARGIN;
    StringBuilder svg = new StringBuilder();
    append(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"14\">%n",
        width,
        height,
        width,
        height);
    append(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n", width, height);
    append(
        svg,
        "<text x=\"%d\" y=\"%d\" fill=\"#555555\" font-size=\"12\">rows: written; columns: read; darker: more weight</text>%n",
        MARGIN,
        MARGIN + LEGEND / 2);
    for (int column = 0; column < read.size(); column++) {
      int x = left + CELL * column + CELL / 2;
      append(
          svg,
          "<text transform=\"translate(%d %d) rotate(-60)\" fill=\"#222222\">%s</text>%n",
          x,
          top - MARGIN / 2,
          Html.escape(read.get(column)));
    }
    for (int row = 0; row < written.size(); row++) {
      row(svg, row, left, top + CELL * row);
    }
    return svg.append("</svg>\n").toString();
  }

  private void row(StringBuilder svg, int row, int left, int top) {
    append(
        svg,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#222222\">%s</text>%n",
        left - MARGIN / 2,
        top + CELL * 2 / 3,
        Html.escape(written.get(row)));
    for (int column = 0; column < read.size(); column++) {
      append(
          svg,
          "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#1f5fa8\" fill-opacity=\"%.3f\" stroke=\"#dddddd\"><title>%s, %s: %.1f %%</title></rect>%n",
          left + CELL * column,
          top,
          CELL,
          CELL,
          weights[row][column],
          Html.escape(written.get(row)),
          Html.escape(read.get(column)),
          100 * weights[row][column]);
    }
  }

  private static int longest(List<String> names) {
    return names.stream().mapToInt(name -> name.codePointCount(0, name.length())).max().orElse(0);
  }

  private static void append(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format.replace("%n", "\n"), values));
  }
}
