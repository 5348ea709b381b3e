package io.unroll.worker.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.parallel.Cores;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerTest {
  private static final Cores CORES = Cores.one(new PlainKernels());

  private static final Map<String, Optimizer> OPTIMIZERS =
      Map.of(
          "sgd", new Sgd(),
          "momentum", new Momentum(0.9, false),
          "nesterov", new Momentum(0.9, true),
          "rmsprop", new RmsProp(0.99, 1e-8),
          "adam", new Adam(0.9, 0.999, 1e-8),
          "adamw", new Adam(0.9, 0.999, 1e-8, 0.3));

  /** Ten steps with clipping, from PyTorch in double: the tolerance is float's after ten steps. */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"})
  void doesTenClippedStepsAsPyTorch(String kind) throws IOException {
    JsonNode golden = golden();
    JsonNode run = golden.path("runs").path(kind);
    Optimizer optimizer = OPTIMIZERS.get(kind);
    Clipping clipping = new Clipping(golden.path("maxNorm").asDouble());
    float[] parameters = floats(golden.path("start"));
    float[] state = new float[optimizer.slots() * parameters.length];
    for (int step = 0; step < 10; step++) {
      Gradient gradient = new Gradient(floats(golden.path("gradients").path(step)));
      double norm = gradient.norm(CORES);
      assertEquals(run.path("norms").path(step).asDouble(), norm, 1e-6);
      double rate = run.path("learningRate").asDouble();
      float scale = (float) clipping.scale(norm);
      optimizer.update(
          CORES, parameters, gradient, state, new Optimizer.Update(scale, step + 1, rate));
      float[] expected = floats(run.path("parameters").path(step));
      assertArrayEquals(expected, parameters, 2e-6f, "parameters after step " + (step + 1));
    }
  }

  /** p ← p - η √(1-β₂ᵗ)/(1-β₁ᵗ) · m / (√v + ε), with an ε that matters. */
  @Test
  void epsilonHatIsAddedBeforeTheCorrection() {
    Adam adam = new Adam(0.9, 0.999, 0.05, Adam.Epsilon.HAT);
    double[] gradients = {0.3, -0.2, 0.7};
    float[] parameters = {1f};
    float[] state = new float[2];
    double p = 1;
    double m = 0;
    double v = 0;
    for (int t = 1; t <= gradients.length; t++) {
      double g = gradients[t - 1];
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      p -=
          0.1
              * Math.sqrt(1 - Math.pow(0.999, t))
              / (1 - Math.pow(0.9, t))
              * m
              / (Math.sqrt(v) + 0.05);
      adam.update(
          CORES,
          parameters,
          new Gradient(new float[] {(float) g}),
          state,
          new Optimizer.Update(1f, t, 0.1));
      assertEquals(p, parameters[0], 1e-6, "after step " + t);
    }
  }

  @Test
  void leavesTheGradientAsItIs() {
    for (Optimizer optimizer : OPTIMIZERS.values()) {
      float[] gradient = {1f, -2f, 3f};
      float[] state = new float[3 * optimizer.slots()];
      optimizer.update(
          CORES, new float[3], new Gradient(gradient), state, new Optimizer.Update(0.5f, 1, 0.1));
      assertArrayEquals(new float[] {1f, -2f, 3f}, gradient);
    }
  }

  @Test
  void refusesArraysThatDoNotMatch() {
    for (Optimizer optimizer : OPTIMIZERS.values()) {
      int slots = optimizer.slots();
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> update(optimizer, 3, 3 * slots + 1));
      assertEquals(
          String.format(
              Locale.ROOT,
              "Cannot update 3 parameters: gradient has 3 elements, state %d (expected 3 and %d)",
              3 * slots + 1,
              3 * slots),
          error.getMessage());
      assertThrows(IllegalArgumentException.class, () -> update(optimizer, 2, 3 * slots));
    }
  }

  private static void update(Optimizer optimizer, int gradient, int state) {
    optimizer.update(
        CORES,
        new float[3],
        new Gradient(new float[gradient]),
        new float[state],
        new Optimizer.Update(1f, 1, 0.1));
  }

  /** What a gradient leaves out as zero may be left out of the update, bit for bit. */
  @Test
  void treatsWhatIsLeftOutAsZero() {
    float[] values = {0f, 0f, 1f, -2f, 0f, 3f, 0f};
    for (Optimizer optimizer : OPTIMIZERS.values()) {
      float[] dense = {-0f, 1f, 2f, 3f, 4f, 5f, 6f};
      float[] sparse = dense.clone();
      float[] denseState = new float[optimizer.slots() * dense.length];
      float[] sparseState = denseState.clone();
      Gradient gradient = new Gradient(values);
      gradient.spans().clear();
      gradient.spans().add(2, 4);
      gradient.spans().add(5, 6);
      for (int step = 1; step <= 3; step++) {
        optimizer.update(
            CORES, dense, new Gradient(values), denseState, new Optimizer.Update(0.5f, step, 0.1));
        optimizer.update(
            CORES, sparse, gradient, sparseState, new Optimizer.Update(0.5f, step, 0.1));
      }
      assertArrayEquals(dense, sparse);
      assertArrayEquals(denseState, sparseState);
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
