package io.unroll.worker.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.parallel.Cores;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The model against PyTorch; see {@code src/test/golden}. */
class GoldenModelTest {
  /** Float rounding: PyTorch computed these values, all of order 1, in float64. */
  private static final double TOLERANCE = 2e-6;

  @ParameterizedTest
  @EnumSource(Cell.class)
  void tensorsHaveNamesShapesAndOrderOfPyTorch(Cell cell) throws IOException {
    JsonNode golden = golden(cell);
    List<String> expected = new ArrayList<>();
    golden.path("shapes").properties().forEach(e -> expected.add(e.getKey() + e.getValue()));
    List<String> actual =
        LanguageModel.layout(architecture(cell, golden)).tensors().stream()
            .map(
                tensor ->
                    tensor.name()
                        + (tensor.columns() == 0
                            ? List.of(tensor.rows())
                            : "[" + tensor.rows() + "," + tensor.columns() + "]"))
            .toList();
    assertEquals(expected, actual);
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void twoWindowsHaveLossGradientsAndStateOfPyTorch(Cell cell) throws IOException {
    JsonNode golden = golden(cell);
    LanguageModel model = model(cell, golden);
    int batch = golden.path("sizes").path("batch").asInt();
    float[] state = new float[model.architecture().stateSize() * batch];
    float[] gradient = new float[model.layout().size()];
    for (int w = 0; w < 2; w++) {
      JsonNode expected = golden.path("windows").path(w);
      Window window = window(golden, expected, w == 0);
      double loss = model.lossAndGradient(window, state, DropoutMasks.NONE, new Gradient(gradient));

      assertEquals(expected.path("loss").asDouble(), loss, 1e-5); // a sum of twelve
      assertClose(expected.path("state"), state, 0, "state");
      for (ParameterLayout.Tensor tensor : model.layout().tensors()) {
        JsonNode values = expected.path("gradients").path(tensor.name());
        assertEquals(tensor.size(), values.size());
        assertClose(values, gradient, tensor.offset(), tensor.name());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void stepsOneByOneEndInTheLogitsOfPyTorch(Cell cell) throws IOException {
    JsonNode golden = golden(cell);
    LanguageModel model = model(cell, golden);
    int batch = golden.path("sizes").path("batch").asInt();
    float[] state = new float[model.architecture().stateSize() * batch];
    float[] logits = new float[batch * model.architecture().vocabulary()];
    for (JsonNode expected : golden.path("windows")) {
      for (int t = 0; t < golden.path("sizes").path("time").asInt(); t++) {
        int[] tokens = new int[batch];
        for (int b = 0; b < batch; b++) {
          tokens[b] = expected.path("inputs").path(t * batch + b).asInt();
        }
        model.predict(tokens, batch, state, logits);
      }
      assertClose(expected.path("lastLogits"), logits, 0, "logits");
    }
  }

  private static void assertClose(JsonNode expected, float[] actual, int offset, String what) {
    for (int x = 0; x < expected.size(); x++) {
      assertEquals(
          expected.path(x).asDouble(), actual[offset + x], TOLERANCE, what + "[" + x + "]");
    }
  }

  private static Window window(JsonNode golden, JsonNode content, boolean fresh) {
    int time = golden.path("sizes").path("time").asInt();
    int batch = golden.path("sizes").path("batch").asInt();
    Window window = new Window(time, batch);
    window.begin(time, batch, fresh);
    for (int x = 0; x < time * batch; x++) {
      window.inputs()[x] = content.path("inputs").path(x).asInt();
      window.targets()[x] = content.path("targets").path(x).asInt();
    }
    return window;
  }

  private static LanguageModel model(Cell cell, JsonNode golden) {
    JsonNode sizes = golden.path("sizes");
    LanguageModel model =
        new LanguageModel(
            architecture(cell, golden),
            sizes.path("time").asInt(),
            sizes.path("batch").asInt(),
            Cores.one(new PlainKernels()));
    float[] parameters = new float[model.layout().size()];
    for (ParameterLayout.Tensor tensor : model.layout().tensors()) {
      JsonNode values = golden.path("parameters").path(tensor.name());
      for (int x = 0; x < tensor.size(); x++) {
        parameters[tensor.offset() + x] = (float) values.path(x).asDouble();
      }
    }
    model.use(parameters);
    return model;
  }

  private static LanguageArchitecture architecture(Cell cell, JsonNode golden) {
    JsonNode sizes = golden.path("sizes");
    return new LanguageArchitecture(
        cell,
        sizes.path("vocabulary").asInt(),
        sizes.path("embedding").asInt(),
        sizes.path("hidden").asInt(),
        sizes.path("layers").asInt(),
        0,
        false);
  }

  private static JsonNode golden(Cell cell) throws IOException {
    String name = "/golden/" + cell.key() + ".json";
    try (InputStream file = GoldenModelTest.class.getResourceAsStream(name)) {
      return new ObjectMapper().readTree(file);
    }
  }
}
