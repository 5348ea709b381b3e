package io.unroll.worker.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.unroll.worker.math.PlainKernels;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerTest {
  private static final Map<String, Optimizer> OPTIMIZERS =
      Map.of(
          "sgd", new Sgd(),
          "momentum", new Momentum(0.9, false),
          "nesterov", new Momentum(0.9, true),
          "rmsprop", new RmsProp(0.99, 1e-8),
          "adam", new Adam(0.9, 0.999, 1e-8));

  /** Ten steps with clipping, from PyTorch in double: the tolerance is float's after ten steps. */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "momentum", "nesterov", "rmsprop", "adam"})
  void doesTenClippedStepsAsPyTorch(String kind) throws IOException {
    JsonNode golden = golden();
    JsonNode run = golden.path("runs").path(kind);
    Optimizer optimizer = OPTIMIZERS.get(kind);
    Clipping clipping = new NormClip(golden.path("maxNorm").asDouble());
    float[] parameters = floats(golden.path("start"));
    float[] state = new float[optimizer.slots() * parameters.length];
    for (int step = 0; step < 10; step++) {
      float[] gradient = floats(golden.path("gradients").path(step));
      double norm = clipping.clip(gradient, new PlainKernels());
      assertEquals(run.path("norms").path(step).asDouble(), norm, 1e-6);
      double rate = run.path("learningRate").asDouble();
      optimizer.update(parameters, gradient, state, step + 1, rate);
      float[] expected = floats(run.path("parameters").path(step));
      assertArrayEquals(expected, parameters, 2e-6f, "parameters after step " + (step + 1));
    }
  }

  /** Adam works in blocks; a long array must be treated as its elements one by one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 1023, 1024, 1025, 3000})
  void adamTreatsEveryElementAlike(int size) {
    Adam adam = new Adam(0.9, 0.999, 1e-8);
    float[] parameters = new float[size];
    float[] gradient = new float[size];
    float[] state = new float[2 * size];
    for (int i = 0; i < size; i++) {
      parameters[i] = (float) Math.sin(i);
      gradient[i] = (float) Math.cos(3 * i);
    }
    float[] start = parameters.clone();
    adam.update(parameters, gradient, state, 1, 0.01);
    adam.update(parameters, gradient, state, 2, 0.01);
    for (int i = 0; i < size; i++) {
      float[] p = {start[i]};
      float[] s = new float[2];
      adam.update(p, new float[] {gradient[i]}, s, 1, 0.01);
      adam.update(p, new float[] {gradient[i]}, s, 2, 0.01);
      assertArrayEquals(
          new float[] {p[0], s[0], s[1]},
          new float[] {parameters[i], state[i], state[size + i]},
          "element " + i);
    }
  }

  @Test
  void leavesTheGradientAsItIs() {
    for (Optimizer optimizer : OPTIMIZERS.values()) {
      float[] gradient = {1f, -2f, 3f};
      optimizer.update(new float[3], gradient, new float[3 * optimizer.slots()], 1, 0.1);
      assertArrayEquals(new float[] {1f, -2f, 3f}, gradient);
    }
  }

  @Test
  void refusesArraysThatDoNotMatch() {
    for (Optimizer optimizer : OPTIMIZERS.values()) {
      int slots = optimizer.slots();
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class,
              () -> optimizer.update(new float[3], new float[3], new float[3 * slots + 1], 1, 0.1));
      assertEquals(
          "Cannot update 3 parameters: gradient has 3 elements, state %d (expected 3 and %d)"
              .formatted(3 * slots + 1, 3 * slots),
          error.getMessage());
      assertThrows(
          IllegalArgumentException.class,
          () -> optimizer.update(new float[3], new float[2], new float[3 * slots], 1, 0.1));
    }
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertMessage(
        "Invalid optimizer.momentum: 1.0 (expected 0 <= momentum < 1)",
        () -> new Momentum(1, false));
    assertMessage(
        "Invalid optimizer.alpha: NaN (expected 0 <= alpha < 1)",
        () -> new RmsProp(Double.NaN, 1e-8));
    assertMessage(
        "Invalid optimizer.beta2: -0.1 (expected 0 <= beta2 < 1)", () -> new Adam(0.9, -0.1, 1e-8));
    assertMessage("Invalid optimizer.epsilon: 0.0 (expected > 0)", () -> new Adam(0.9, 0.999, 0));
  }

  private static void assertMessage(String message, Executable executable) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, executable).getMessage());
  }

  private static JsonNode golden() throws IOException {
    try (InputStream file = OptimizerTest.class.getResourceAsStream("/golden/optimizers.json")) {
      return new ObjectMapper().readTree(file);
    }
  }

  private static float[] floats(JsonNode node) {
    float[] values = new float[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) node.path(i).asDouble();
    }
    return values;
  }
}
