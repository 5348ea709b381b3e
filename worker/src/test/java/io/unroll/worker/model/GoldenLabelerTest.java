package io.unroll.worker.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.unroll.worker.data.Example;
import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.Pooling;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.parallel.Cores;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labelers against PyTorch on padded batches; see {@code src/test/golden}. */
class GoldenLabelerTest {
  /** Float rounding: PyTorch computed these values, all of order 1, in float64. */
  private static final double TOLERANCE = 3e-6;

  @ParameterizedTest
  @ValueSource(strings = {"lstm-last", "gru-pooled", "lstm-tags", "gru-tags-residual"})
  void namesShapesLossLogitsAndGradientsAreThoseOfPyTorch(String name) throws IOException {
    JsonNode golden = golden(name);
    LabelerArchitecture architecture = architecture(golden);
    List<String> expected = new ArrayList<>();
    golden.path("shapes").properties().forEach(e -> expected.add(e.getKey() + e.getValue()));
    List<String> actual = new ArrayList<>();
    for (ParameterLayout.Tensor tensor : architecture.layout().tensors()) {
      String columns = tensor.columns() == 0 ? "" : "," + tensor.columns();
      actual.add(tensor.name() + "[" + tensor.rows() + columns + "]");
    }
    assertEquals(expected, actual);

    Labeler model = architecture.model(5, 3, Cores.one(new PlainKernels()));
    model.use(parameters(golden, model.layout()));
    Window window = window(golden, architecture.isPooled());
    float[] logits = new float[window.targetRows() * architecture.labels()];
    model.logits(window, logits);
    for (int x = 0; x < logits.length; x++) {
      if (window.weights()[x / architecture.labels()] > 0) {
        assertEquals(golden.path("logits").path(x).asDouble(), logits[x], TOLERANCE);
      }
    }

    float[] gradient = new float[model.layout().size()];
    double loss =
        model.lossAndGradient(window, new float[0], DropoutMasks.NONE, new Gradient(gradient));
    assertEquals(golden.path("loss").asDouble(), loss, 1e-5);
    for (ParameterLayout.Tensor tensor : model.layout().tensors()) {
      JsonNode values = golden.path("gradients").path(tensor.name());
      assertEquals(tensor.size(), values.size());
      for (int x = 0; x < values.size(); x++) {
        String which = tensor.name() + "[" + x + "]";
        assertEquals(values.path(x).asDouble(), gradient[tensor.offset() + x], TOLERANCE, which);
      }
    }
  }

  private static LabelerArchitecture architecture(JsonNode golden) {
    JsonNode sizes = golden.path("sizes");
    List<Pooling> pooling = new ArrayList<>();
    golden.path("pooling").forEach(way -> pooling.add(Pooling.of(way.asText())));
    Stack stack =
        new Stack(
            Cell.of(golden.path("cell").asText()),
            sizes.path("hidden").asInt(),
            sizes.path("layers").asInt(),
            true,
            golden.path("residual").asBoolean() ? Connections.RESIDUAL : Connections.PLAIN);
    return new LabelerArchitecture(
        new Tokens(
            sizes.path("vocabulary").asInt(), sizes.path("embedding").asInt(), Optional.empty()),
        stack,
        sizes.path("labels").asInt(),
        pooling,
        Dropouts.NONE);
  }

  private static float[] parameters(JsonNode golden, ParameterLayout layout) {
    float[] parameters = new float[layout.size()];
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      JsonNode values = golden.path("parameters").path(tensor.name());
      for (int x = 0; x < tensor.size(); x++) {
        parameters[tensor.offset() + x] = (float) values.path(x).asDouble();
      }
    }
    return parameters;
  }

  private static Window window(JsonNode golden, boolean pooled) {
    int batch = golden.path("sizes").path("batch").asInt();
    Window window = new Window(golden.path("sizes").path("time").asInt(), batch);
    window.beginExamples(golden.path("sizes").path("time").asInt(), batch, pooled);
    for (int b = 0; b < batch; b++) {
      int steps = golden.path("lengths").path(b).asInt();
      int[] tokens = column(golden.path("tokens"), b, batch, steps);
      int[] targets = column(golden.path("targets"), b, batch, pooled ? 1 : steps);
      window.put(b, Example.ofTokens(tokens, targets));
    }
    return window;
  }

  private static int[] column(JsonNode values, int b, int batch, int steps) {
    int[] column = new int[steps];
    for (int t = 0; t < steps; t++) {
      column[t] = values.path(t * batch + b).asInt();
    }
    return column;
  }

  private static JsonNode golden(String name) throws IOException {
    String file = "/golden/labeler-" + name + ".json";
    try (InputStream in = GoldenLabelerTest.class.getResourceAsStream(file)) {
      return new ObjectMapper().readTree(in);
    }
  }
}
