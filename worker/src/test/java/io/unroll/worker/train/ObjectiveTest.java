package io.unroll.worker.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.worker.data.Minibatch;
import io.unroll.worker.data.MinibatchWindows;
import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One step of plain descent at rate 1 changes the parameters by the gradient of the objective. */
class ObjectiveTest {
  private static final int VOCABULARY = 6;
  private static final int TIME = 4;
  private static final int BATCH = 2;
  private static final double STEP = 1e-2;
  private static final double TOLERANCE = 2e-3;
  private static final float LAMBDA = 0.5f;

  private static final Kernels KERNELS = new PlainKernels();
  private static final LanguageArchitecture ARCHITECTURE =
      new LanguageArchitecture(Cell.LSTM, VOCABULARY, 3, 4, 1, 0, false);
  private static final ParameterLayout LAYOUT = LanguageModel.layout(ARCHITECTURE);

  /** Five of eight predictions count, and token 5 is never read. */
  private static final Minibatch MINIBATCH =
      new Minibatch(
          TIME,
          BATCH,
          new int[] {0, 1, 2, 3, 4, 0, 1, 2},
          new int[] {1, 5, 3, 4, 0, 1, 2, 3},
          new boolean[] {true, true, true, false, true, false, true, false});

  private static double loss(float[] parameters) {
    LanguageModel model = new LanguageModel(ARCHITECTURE, TIME, BATCH, Cores.one(KERNELS));
    model.use(parameters);
    Window window = new Window(TIME, BATCH);
    new MinibatchWindows(List.of(MINIBATCH), TIME).load(0, 0, window);
    double[] rows = new double[BATCH];
    model.loss(window, new float[ARCHITECTURE.stateSize() * BATCH], rows);
    return rows[0] + rows[1];
  }

  /** By central differences. */
  private static double gradientOfLoss(float[] parameters, int x) {
    float[] moved = parameters.clone();
    moved[x] = parameters[x] + (float) STEP;
    double up = loss(moved);
    moved[x] = parameters[x] - (float) STEP;
    return (up - loss(moved)) / (2 * STEP);
  }

  private static float[] step(Objective objective, float[] start) {
    LanePlan plan =
        new LanePlan(
            ARCHITECTURE,
            objective,
            new Sgd(),
            new Constant(1, 0),
            Clipping.NONE,
            BATCH,
            TIME,
            0,
            1,
            1);
    float[] parameters = start.clone();
    new LaneTrainer(plan, Cores.one(KERNELS))
        .run(
            0,
            new MinibatchWindows(List.of(MINIBATCH), TIME),
            new Stretch(0, 0, 1, 0, 0),
            parameters,
            new float[0],
            new float[ARCHITECTURE.stateSize() * BATCH]);
    return parameters;
  }

  private static float[] start() {
    return LanguageModel.layout(ARCHITECTURE).initialParameters(7);
  }

  private static void assertSteps(Objective objective, double n, Map<String, Float> decay) {
    float[] start = start();
    float[] after = step(objective, start);
    for (ParameterLayout.Tensor tensor : LAYOUT.tensors()) {
      float lambda = decay.getOrDefault(tensor.name(), 0f);
      for (int x = tensor.offset(); x < tensor.offset() + tensor.size(); x++) {
        double expected = gradientOfLoss(start, x) / n + lambda * start[x];
        assertEquals(expected, start[x] - after[x], TOLERANCE, tensor.name() + " " + x);
      }
    }
  }

  @Test
  void plainIsTheMeanOfThePredictionsThatCount() {
    assertSteps(Objective.PLAIN, 5, Map.of());
  }

  @Test
  void sequencesCountAlikeHoweverLongTheyAre() {
    assertSteps(new Objective(Objective.Mean.SEQUENCES, Map.of(), Set.of()), BATCH, Map.of());
  }

  @Test
  void decayPullsATensorToZeroAlsoWhereNoTokenWasRead() {
    Map<String, Float> decay = Map.of("embedding.weight", LAMBDA, "rnn.weight_hh_l0", LAMBDA);
    assertSteps(
        new Objective(
            Objective.Mean.PREDICTIONS,
            Map.of("embedding.weight", (double) LAMBDA, "rnn.weight_hh_l0", (double) LAMBDA),
            Set.of()),
        5,
        decay);
  }

  @Test
  void frozenTensorsStayAsTheyAreToTheBit() {
    Set<String> frozen = Set.of("embedding.weight", "rnn.bias_hh_l0");
    float[] start = start();
    float[] free = step(Objective.PLAIN, start);
    float[] after =
        step(
            new Objective(
                Objective.Mean.PREDICTIONS, Map.of("embedding.weight", (double) LAMBDA), frozen),
            start);
    for (ParameterLayout.Tensor tensor : LAYOUT.tensors()) {
      for (int x = tensor.offset(); x < tensor.offset() + tensor.size(); x++) {
        float expected = frozen.contains(tensor.name()) ? start[x] : free[x];
        assertEquals(expected, after[x], tensor.name() + " " + x);
      }
    }
  }

  @Test
  void wrongNamesAndNumbersAreRefused() {
    Objective unknown = new Objective(Objective.Mean.PREDICTIONS, Map.of(), Set.of("nothing"));
    assertEquals(
        "No tensor nothing",
        assertThrows(NoSuchElementException.class, () -> step(unknown, start())).getMessage());
    Map<String, Double> wrong = Map.of("output.bias", -1.0);
    assertEquals(
        "Invalid decay of output.bias: -1.0 (expected > 0)",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Objective(Objective.Mean.PREDICTIONS, wrong, Set.of()))
            .getMessage());
  }
}
