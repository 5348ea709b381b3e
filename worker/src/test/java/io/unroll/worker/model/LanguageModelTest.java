package io.unroll.worker.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.math.Targets;
import io.unroll.worker.parallel.Cores;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LanguageModelTest {
  private static final int VOCABULARY = 29;
  private static final int TIME = 7;
  private static final int BATCH = 5;
  private static final DropoutMasks MASKS = new DropoutMasks(4, 0, 9);

  private final Kernels kernels = KernelChoice.fastest();

  @ParameterizedTest
  @EnumSource(Cell.class)
  void windowsBelowTheCapacityGiveTheSameBits(Cell cell) {
    Result exact = run(model(cell, TIME, BATCH, kernels), window(), MASKS);
    LanguageModel large = model(cell, TIME + 6, BATCH + 4, kernels);
    run(large, ModelCase.randomWindow(TIME + 6, BATCH + 4, VOCABULARY, true, 8), MASKS);
    Result inLarge = run(large, window(), MASKS);
    exact.assertSame(inLarge);
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void plainAndFastestKernelsGiveTheSameBits(Cell cell) {
    Result plain = run(model(cell, TIME, BATCH, new PlainKernels()), window(), MASKS);
    Result fastest = run(model(cell, TIME, BATCH, kernels), window(), MASKS);
    plain.assertSame(fastest);
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void openBlasGivesTheResultWithinRounding(Cell cell) {
    Result plain = run(model(cell, TIME, BATCH, new PlainKernels()), window(), MASKS);
    Result openBlas =
        run(model(cell, TIME, BATCH, KernelChoice.named("openblas")), window(), MASKS);
    // Products of up to 52 numbers, through 7 steps of 2 layers: far more than 2^-24, far below
    // what a wrong product would do.
    assertEquals(plain.loss, openBlas.loss, 1e-6 * plain.loss);
    float largest = 0;
    for (float value : plain.gradient) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertArrayEquals(plain.gradient, openBlas.gradient, 1e-5f * largest);
    assertArrayEquals(plain.state, openBlas.state, 1e-5f);
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void lossOfASequenceDoesNotDependOnTheOthers(Cell cell) {
    LanguageModel model = model(cell, TIME, BATCH, kernels);
    Window together = window();
    double[] losses = new double[BATCH];
    model.loss(together, state(model), losses);
    for (int b = 0; b < BATCH; b++) {
      Window alone = new Window(TIME, 1);
      alone.begin(TIME, 1, true);
      for (int t = 0; t < TIME; t++) {
        alone.inputs()[t] = together.inputs()[t * BATCH + b];
        alone.targets()[t] = together.targets()[t * BATCH + b];
      }
      double[] loss = new double[1];
      model.loss(alone, state(model), loss);
      assertEquals(losses[b], loss[0]);
    }
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void predictingStepByStepEqualsTheWindow(Cell cell) {
    LanguageModel model = model(cell, TIME, BATCH, kernels);
    Window window = window();
    float[] windowState = state(model);
    double[] expected = new double[BATCH];
    model.loss(window, windowState, expected);

    float[] state = new float[windowState.length];
    float[] logits = new float[BATCH * VOCABULARY];
    double[] actual = new double[BATCH];
    double[] losses = new double[BATCH];
    for (int t = 0; t < TIME; t++) {
      int from = t * BATCH;
      model.predict(Arrays.copyOfRange(window.inputs(), from, from + BATCH), BATCH, state, logits);
      int[] targets = Arrays.copyOfRange(window.targets(), from, from + BATCH);
      Targets all = new Targets(targets, window.weights(), losses, 0);
      kernels.softmaxCrossEntropy(0, BATCH, VOCABULARY, logits, all, 1f);
      for (int b = 0; b < BATCH; b++) {
        actual[b] += losses[b];
      }
    }
    assertArrayEquals(expected, actual);
    assertArrayEquals(windowState, state);
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void lossAndLossAndGradientAgree(Cell cell) {
    LanguageModel model = model(cell, TIME, BATCH, kernels);
    Window window = window();
    window.weights()[3] = 0;
    float[] gradient = new float[model.layout().size()];
    double sum =
        model.lossAndGradient(window, state(model), DropoutMasks.NONE, new Gradient(gradient));
    double[] losses = new double[BATCH];
    model.loss(window, state(model), losses);
    // The same numbers in another order of addition.
    assertEquals(sum, Arrays.stream(losses).sum(), 1e-12 * sum);
  }

  @Test
  void carriedStateContinuesAsOneLongWindow() {
    LanguageModel model = model(Cell.LSTM, TIME, BATCH, kernels);
    float[] whole = state(model);
    double[] expected = new double[BATCH];
    model.loss(window(), whole, expected);

    float[] state = state(model);
    double[] actual = new double[BATCH];
    for (int t = 0; t < TIME; t++) {
      Window step = new Window(1, BATCH);
      step.begin(1, BATCH, t == 0);
      System.arraycopy(window().inputs(), t * BATCH, step.inputs(), 0, BATCH);
      System.arraycopy(window().targets(), t * BATCH, step.targets(), 0, BATCH);
      model.loss(step, state, actual);
    }
    assertArrayEquals(expected, actual);
    assertArrayEquals(whole, state);
  }

  @Test
  void logitsInSeveralChunksAreThoseOfOneSequenceAfterAnother() {
    // 2 chunks: 2^22 / 40,000 = 104 of 130 rows at a time.
    LanguageArchitecture architecture =
        new LanguageArchitecture(Cell.RNN, 40_000, 3, 3, 1, 0, false);
    LanguageModel model = new LanguageModel(architecture, 13, 10, Cores.one(kernels));
    model.use(LanguageModel.layout(architecture).initialParameters(1));
    Window window = ModelCase.randomWindow(13, 10, 40_000, true, 5);
    float[] gradient = new float[model.layout().size()];
    double sum =
        model.lossAndGradient(window, state(model, 10), DropoutMasks.NONE, new Gradient(gradient));

    double naive =
        new NaiveModel(
                architecture,
                ModelCase.doubles(LanguageModel.layout(architecture).initialParameters(1)),
                DropoutMasks.NONE)
            .loss(window, new double[architecture.stateSize() * 10]);
    assertEquals(naive, sum, 1e-6 * naive);
    // Softmax minus one-hot sums to 0 over the vocabulary; the rounding of 40,000 numbers remains.
    ParameterLayout.Tensor bias = model.layout().tensor("output.bias");
    double biasGradient = 0;
    for (int v = 0; v < bias.size(); v++) {
      biasGradient += gradient[bias.offset() + v];
    }
    assertEquals(0, biasGradient, 1e-5);
  }

  @Test
  void unusedTokensHaveNoGradientAndAWindowWithoutPredictionsNoneAtAll() {
    LanguageModel model = model(Cell.LSTM, TIME, BATCH, kernels);
    Window window = window();
    Arrays.fill(window.inputs(), 6);
    Result result = run(model, window, MASKS);
    int size = model.architecture().embedding();
    for (int x = 0; x < VOCABULARY * size; x++) {
      assertTrue(x / size == 6 || result.gradient[x] == 0);
    }
    Arrays.fill(window.weights(), 0f);
    Result empty = run(model, window, MASKS);
    assertEquals(0, empty.loss);
    assertArrayEquals(new float[empty.gradient.length], empty.gradient);
  }

  @Test
  void dropoutDependsOnTheStepAndOnNothingElse() {
    LanguageModel model = model(Cell.LSTM, TIME, BATCH, kernels);
    Result first = run(model, window(), MASKS);
    Result other = run(model, window(), new DropoutMasks(4, 0, 10));
    Result again = run(model, window(), MASKS);
    assertNotEquals(first.loss, other.loss);
    first.assertSame(again);
  }

  @Test
  void nonFiniteParametersGiveANonFiniteLoss() {
    LanguageModel model = model(Cell.LSTM, TIME, BATCH, kernels);
    float[] parameters = new float[model.layout().size()];
    Arrays.fill(parameters, Float.NaN);
    model.use(parameters);
    assertTrue(Double.isNaN(run(model, window(), MASKS).loss));
  }

  @Test
  void refusesWhatDoesNotFit() {
    LanguageModel model = model(Cell.GRU, TIME, BATCH, kernels);
    Window tooLong = ModelCase.randomWindow(TIME + 1, BATCH, VOCABULARY, true, 1);
    assertMessage(
        "Cannot run 8 steps of 5 sequences: the model was allocated for 7 and 5",
        () -> model.loss(tooLong, state(model), new double[BATCH]));
    assertMessage(
        "Cannot use state of 3 numbers: the model needs 130",
        () -> model.loss(window(), new float[3], new double[BATCH]));
    assertMessage(
        "Cannot use parameters of 1 numbers: the model needs " + model.layout().size(),
        () -> model.use(new float[1]));
    Window foreign = window();
    foreign.inputs()[2] = VOCABULARY;
    assertMessage(
        "Cannot use token 29: the model's vocabulary has 29",
        () -> model.loss(foreign, state(model), new double[BATCH]));
    Window foreignTarget = window();
    foreignTarget.targets()[2] = -1;
    assertMessage(
        "Cannot use token -1: the model's vocabulary has 29",
        () -> model.loss(foreignTarget, state(model), new double[BATCH]));
    assertMessage(
        "Cannot allocate a model for 0 steps of 5 sequences: both must be at least 1",
        () -> new LanguageModel(model.architecture(), 0, BATCH, Cores.one(kernels)));
  }

  @Test
  void refusesToRunWithoutParameters() {
    LanguageArchitecture architecture = architecture(Cell.RNN);
    LanguageModel model = new LanguageModel(architecture, TIME, BATCH, Cores.one(kernels));
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> model.loss(window(), state(model), new double[BATCH]));
    assertEquals("Cannot run the model: it has no parameters yet (call use)", e.getMessage());
  }

  private static void assertMessage(String expected, Executable action) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, action).getMessage());
  }

  /** What a step of training leaves behind. */
  private static final class Result {
    private final double loss;
    private final float[] gradient;
    private final float[] state;

    Result(double loss, float[] gradient, float[] state) {
      this.loss = loss;
      this.gradient = gradient;
      this.state = state;
    }

    void assertSame(Result other) {
      assertEquals(loss, other.loss);
      assertArrayEquals(gradient, other.gradient);
      assertArrayEquals(state, other.state);
    }
  }

  private static Result run(LanguageModel model, Window window, DropoutMasks masks) {
    float[] gradient = new float[model.layout().size()];
    float[] state = state(model, window.batch());
    return new Result(
        model.lossAndGradient(window, state, masks, new Gradient(gradient)), gradient, state);
  }

  private static Window window() {
    return ModelCase.randomWindow(TIME, BATCH, VOCABULARY, true, 7);
  }

  private static LanguageArchitecture architecture(Cell cell) {
    return new LanguageArchitecture(cell, VOCABULARY, 11, 13, 2, 0.3, false);
  }

  private static LanguageModel model(Cell cell, int time, int batch, Kernels kernels) {
    LanguageArchitecture architecture = architecture(cell);
    LanguageModel model = new LanguageModel(architecture, time, batch, Cores.one(kernels));
    model.use(LanguageModel.layout(architecture).initialParameters(3));
    return model;
  }

  private static float[] state(LanguageModel model) {
    return state(model, BATCH);
  }

  private static float[] state(LanguageModel model, int batch) {
    return new float[model.architecture().stateSize() * batch];
  }
}
