package io.unroll.driver.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;

/** The values of a chart as JSON for {@code report.js}: names, rounds, epochs and values. */
final class ChartData {
  private static final MathContext DIGITS = new MathContext(5);

  private ChartData() {}

  static String json(Chart chart) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (chart.along() != Chart.Along.EPOCHS) {
      json.put("along", chart.along().axis());
    }
    json.putArray("x").add(chart.x().low()).add(chart.x().high());
    ArrayNode lines = json.putArray("lines");
    for (Series series : chart.series()) {
      ObjectNode line = lines.addObject().put("name", series.name()).put("style", series.style());
      ArrayNode rounds = line.putArray("r");
      ArrayNode xs = line.putArray("x");
      ArrayNode ys = line.putArray("y");
      for (Series.Point p : series.downsampled(Chart.MOST_POINTS).points()) {
        rounds.add(p.round());
        xs.add(rounded(p.x()));
        if (p.finite()) {
          ys.add(rounded(p.y()));
        } else {
          ys.add(Double.toString(p.y()));
        }
      }
    }
    return json.toString();
  }

  private static BigDecimal rounded(double value) {
    BigDecimal decimal = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
  }
}
