package io.unroll.driver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.driver.report.DiagnosedModel;
import io.unroll.driver.report.GradientCurve;
import io.unroll.worker.layer.Saturation;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What was found out about the gradients of models, for people and as JSON. */
final class DiagnosisText {
  /** Distances from the loss that a terminal has room for. */
  private static final int[] DISTANCES = {0, 1, 2, 5, 10, 20, 50, 100, 200, 500};

  private static final int PERCENT = 100;

  private DiagnosisText() {}

  /** Tables of all models, without the last line's end. */
  static String of(List<DiagnosedModel> models) {
    StringBuilder text = new StringBuilder();
    models.forEach(
        model -> {
          text.append(model.name()).append('\n');
          norms(model, text);
          gates(model, text);
          model
              .clipped()
              .ifPresent(
                  share -> append(text, "clipped steps of the run: %.1f %%%n", PERCENT * share));
          text.append('\n');
        });
    return text.toString().stripTrailing();
  }

  private static void norms(DiagnosedModel model, StringBuilder text) {
    int longest = model.layers().stream().mapToInt(curve -> curve.mean().size()).max().orElse(0);
    int[] distances = IntStream.of(DISTANCES).filter(d -> d < longest).toArray();
    append(text, "%-24s", "steps before the loss");
    for (int d : distances) {
      append(text, " %8d", d);
    }
    append(text, "  factor of a step%n");
    for (GradientCurve curve : model.layers()) {
      append(text, "%-24s", "norm, " + curve.layer());
      for (int d : distances) {
        boolean there = d < curve.mean().size();
        text.append(there ? cell(" %8.1e", curve.mean().get(d)) : " ".repeat(9));
      }
      boolean known = !Double.isNaN(curve.factor());
      text.append(known ? cell("  %16.3f", curve.factor()) : "").append('\n');
    }
  }

  private static String cell(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static void gates(DiagnosedModel model, StringBuilder text) {
    for (GradientCurve curve : model.layers()) {
      append(text, "%-24s", "gates, " + curve.layer());
      for (Saturation.Shares gate : curve.gates()) {
        append(
            text,
            " %s: %.1f %% < %s, %.1f %% > %s;",
            gate.gate(),
            PERCENT * gate.low(),
            Saturation.LOW,
            PERCENT * gate.high(),
            Saturation.HIGH);
      }
      text.setLength(text.length() - 1);
      text.append('\n');
    }
  }

  /** As fields of a JSON object. */
  static void put(DiagnosedModel model, ObjectNode object) {
    object.put("model", model.name());
    ResultOption.put(object, "clipped-share", model.clipped());
    ArrayNode layers = object.putArray("layers");
    for (GradientCurve curve : model.layers()) {
      ObjectNode layer = layers.addObject().put("layer", curve.layer());
      layer.put("factor", Double.isNaN(curve.factor()) ? null : (Double) curve.factor());
      put(curve.mean(), layer.putArray("mean"));
      put(curve.low(), layer.putArray("low"));
      put(curve.median(), layer.putArray("median"));
      put(curve.high(), layer.putArray("high"));
      ObjectNode gates = layer.putObject("gates");
      curve
          .gates()
          .forEach(
              gate -> gates.putObject(gate.gate()).put("low", gate.low()).put("high", gate.high()));
    }
  }

  private static void put(List<Double> values, ArrayNode array) {
    values.forEach(array::add);
  }

  private static void append(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }
}
