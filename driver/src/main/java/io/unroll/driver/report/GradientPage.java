package io.unroll.driver.report;

import io.unroll.worker.layer.Saturation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The gradients of models as one HTML page: a chart for each layer, with the models in it, and the
 * saturation of the gates. Equal input gives equal bytes.
 */
public final class GradientPage {
  private static final int PERCENT = 100;

  private final List<DiagnosedModel> models;
  private final StringBuilder html = new StringBuilder();

  private GradientPage(List<DiagnosedModel> models) {
    this.models = models;
  }

  /**
   * The page.
   *
   * @param models one, or two to be compared
   * @param summary one line on what was measured
   */
  public static String html(List<DiagnosedModel> models, String summary) {
    return new GradientPage(models).page(summary);
  }

  private String page(String summary) {
    String title = "Gradients of " + models.get(0).name();
    HtmlPage.begin(title, html);
    html.append("<header>\n<p class=\"kind\">Unroll diagnosis</p>\n<h1>");
    html.append(Html.escape(title)).append("</h1>\n<p class=\"summary\">");
    html.append(Html.escape(summary)).append("</p>\n</header>\n<section class=\"charts\">\n");
    layers().forEach(layer -> html.append(chart(layer).html()));
    html.append("</section>\n");
    gates();
    clipped();
    html.append(
        "<footer>Solid: mean of the norms. Dashed: a tenth of the sequences is lower, or higher."
            + "</footer>\n");
    HtmlPage.end(html);
    return html.toString();
  }

  private Set<String> layers() {
    Set<String> layers = new LinkedHashSet<>();
    models.forEach(model -> model.layers().forEach(curve -> layers.add(curve.layer())));
    return layers;
  }

  private Chart chart(String layer) {
    List<Series> lines = new ArrayList<>();
    for (int m = models.size() - 1; m >= 0; m--) {
      String style = m == 0 ? "valid" : "train";
      String name = models.get(m).name();
      models.get(m).layers().stream()
          .filter(curve -> curve.layer().equals(layer))
          .forEach(
              curve -> {
                lines.add(series(name + ", lowest tenth", style + Series.FAINT, curve.low()));
                lines.add(series(name + ", highest tenth", style + Series.FAINT, curve.high()));
                lines.add(series(name, style, curve.mean()));
              });
    }
    int longest = lines.stream().mapToInt(line -> line.points().size()).max().orElseThrow();
    return new Chart(
        layer,
        "L2 norm of the gradient by h",
        "wide",
        Chart.Along.STEPS_BACK,
        Axis.exactly(0, Math.max(1, longest - 1), 10),
        norms(lines),
        lines,
        Chart.Marks.NONE);
  }

  /** A norm of 0 has no place on a logarithmic axis: the line has a gap there. */
  private static Series series(String name, String style, List<Double> norms) {
    return new Series(
        name,
        style,
        IntStream.range(0, norms.size())
            .mapToObj(d -> new Series.Point(d, d, norms.get(d) > 0 ? norms.get(d) : Double.NaN))
            .toList());
  }

  private static Axis norms(List<Series> lines) {
    double[] all =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .filter(Series.Point::finite)
            .mapToDouble(Series.Point::y)
            .sorted()
            .toArray();
    return all.length == 0 ? Axis.logarithmic(1, 1) : Axis.logarithmic(all[0], all[all.length - 1]);
  }

  private void gates() {
    html.append("<section>\n<h2>Saturated gates</h2>\n<div class=\"wide-table\">\n");
    html.append("<table class=\"settings\">\n<thead><tr><th>model</th><th>layer</th><th>gate</th>");
    html.append("<th>below ").append(Saturation.LOW).append("</th><th>above ");
    html.append(Saturation.HIGH).append("</th></tr></thead>\n<tbody>\n");
    for (DiagnosedModel model : models) {
      for (GradientCurve curve : model.layers()) {
        for (Saturation.Shares gate : curve.gates()) {
          row(model.name(), curve.layer(), gate.gate(), percent(gate.low()), percent(gate.high()));
        }
      }
    }
    html.append("</tbody>\n</table>\n</div>\n</section>\n");
  }

  private void clipped() {
    if (models.stream().allMatch(model -> model.clipped().isEmpty())) {
      return;
    }
    html.append("<section>\n<h2>Clipped steps</h2>\n<div class=\"wide-table\">\n");
    html.append("<table class=\"settings\">\n<tbody>\n");
    models.forEach(model -> model.clipped().ifPresent(share -> row(model.name(), percent(share))));
    html.append("</tbody>\n</table>\n</div>\n</section>\n");
  }

  private void row(String name, String... values) {
    html.append("<tr><th>").append(Html.escape(name)).append("</th>");
    for (String value : values) {
      html.append("<td>").append(Html.escape(value)).append("</td>");
    }
    html.append("</tr>\n");
  }

  private static String percent(double share) {
    return Numbers.fixed(PERCENT * share, 1) + " %";
  }
}
