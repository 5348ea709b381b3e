package io.unroll.worker.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.parallel.Cores;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The model against {@link NaiveModel}: its loss, and every gradient by finite differences. */
class GradientTest {
  /** Float rounding (2^-24) over some hundred operations; the loss is a sum of six of about 2. */
  private static final double LOSS_TOLERANCE = 1e-5;

  /** Relative to the largest gradient of a tensor: float rounding, as above. */
  private static final double GRADIENT_TOLERANCE = 1e-5;

  /** The error of a central difference, of order its square, is far below the tolerance. */
  private static final double DIFFERENCE = 1e-4;

  static List<ModelCase> cases() {
    return ModelCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossAndStateAreThoseOfTheFormulas(ModelCase given) {
    Window window = given.window();
    float[] state = given.state();
    double[] expectedState = startState(given, window);
    double expected =
        new NaiveModel(given.architecture(), ModelCase.doubles(given.parameters()), given.masks())
            .loss(window, expectedState);

    LanguageModel model = model(given);
    double loss =
        model.lossAndGradient(
            window, state, given.masks(), new Gradient(new float[model.layout().size()]));

    assertEquals(expected, loss, LOSS_TOLERANCE);
    for (int x = 0; x < state.length; x++) {
      assertEquals(expectedState[x], state[x], 1e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreFiniteDifferencesOfTheFormulas(ModelCase given) {
    Window window = given.window();
    LanguageModel model = model(given);
    float[] gradient = new float[model.layout().size()];
    Arrays.fill(gradient, Float.NaN);
    model.lossAndGradient(window, given.state(), given.masks(), new Gradient(gradient));

    double[] parameters = ModelCase.doubles(given.parameters());
    for (ParameterLayout.Tensor tensor : model.layout().tensors()) {
      double[] expected = new double[tensor.size()];
      double largest = 0;
      for (int x = 0; x < expected.length; x++) {
        expected[x] = difference(given, window, parameters, tensor.offset() + x);
        largest = Math.max(largest, Math.abs(expected[x]));
      }
      assertTrue(largest > 1e-4, () -> "nothing to compare in " + tensor.name());
      for (int x = 0; x < expected.length; x++) {
        double actual = gradient[tensor.offset() + x];
        String which = tensor.name() + "[" + x + "]";
        assertEquals(expected[x], actual, GRADIENT_TOLERANCE * largest, which);
      }
    }
  }

  private static double difference(ModelCase given, Window window, double[] parameters, int index) {
    double value = parameters[index];
    parameters[index] = value + DIFFERENCE;
    double above = meanLoss(given, window, parameters);
    parameters[index] = value - DIFFERENCE;
    double below = meanLoss(given, window, parameters);
    parameters[index] = value;
    return (above - below) / (2 * DIFFERENCE);
  }

  /** The state before the window does not depend on the parameters: the gradient is cut there. */
  private static double meanLoss(ModelCase given, Window window, double[] parameters) {
    NaiveModel model = new NaiveModel(given.architecture(), parameters, given.masks());
    return model.loss(window, startState(given, window)) / window.predictions();
  }

  private static double[] startState(ModelCase given, Window window) {
    double[] state = ModelCase.doubles(given.state());
    return window.fresh() ? new double[state.length] : state;
  }

  private static LanguageModel model(ModelCase given) {
    LanguageModel model =
        new LanguageModel(
            given.architecture(), ModelCase.TIME, ModelCase.BATCH, Cores.one(new PlainKernels()));
    model.use(given.parameters());
    return model;
  }
}
