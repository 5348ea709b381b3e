package io.unroll.worker.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.train.Optimizer.Update;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formulas of the paper and of its authors' code, written again in double. */
class DynamicUpdateTest {
  private static final ParameterLayout LAYOUT =
      LanguageModel.layout(new LanguageArchitecture(Cell.LSTM, 7, 5, 6, 1, 0, false));
  private static final int SIZE = LAYOUT.size();
  private static final int GRADIENTS = 9;
  private static final double RATE = 0.01;

  private final Random random = new Random(11);
  private final Cores cores = Cores.one(new PlainKernels());

  private float[] random(double scale) {
    float[] numbers = new float[SIZE];
    for (int x = 0; x < SIZE; x++) {
      numbers[x] = (float) (scale * random.nextGaussian());
    }
    return numbers;
  }

  @ParameterizedTest
  @CsvSource({"0, 1e-5", "0.002, 2e-5", "0.7, 1e-3"})
  void followsThePaper(double decay, double epsilon) {
    float[] trained = random(0.3);
    float[] squares = new float[SIZE];
    double[] sums = new double[SIZE];
    for (int i = 0; i < GRADIENTS; i++) {
      float[] g = random(0.02);
      g[3] = 0;
      float[] untouched = trained.clone();
      new SquaredGradients()
          .update(cores, untouched, new Gradient(g), squares, new Update(1, i + 1, 1));
      assertArrayEquals(trained, untouched);
      for (int x = 0; x < SIZE; x++) {
        sums[x] += (double) g[x] * g[x];
      }
    }
    double mean = 0;
    for (ParameterLayout.Tensor tensor : LAYOUT.tensors()) {
      for (int x = tensor.offset(); x < tensor.offset() + tensor.size(); x++) {
        mean += Math.sqrt(sums[x] / GRADIENTS) / tensor.size() / LAYOUT.tensors().size();
      }
    }

    DynamicUpdate update = new DynamicUpdate(decay, epsilon);
    float[] state = update.state(LAYOUT, trained, squares, GRADIENTS);
    float[] parameters = trained.clone();
    double[] expected = new double[SIZE];
    for (int x = 0; x < SIZE; x++) {
      expected[x] = trained[x];
    }
    for (int step = 1; step <= 5; step++) {
      float[] g = random(0.02);
      update.update(cores, parameters, new Gradient(g), state, new Update(1, step, RATE));
      for (int x = 0; x < SIZE; x++) {
        double root = Math.sqrt(sums[x] / GRADIENTS);
        double rate = Math.min(1, decay * root / mean);
        expected[x] += rate * (trained[x] - expected[x]) - RATE * g[x] / (root + epsilon);
        assertEquals(expected[x], parameters[x], 1e-4 * (1 + Math.abs(expected[x])));
      }
    }
  }

  @Test
  void withoutAnyGradientNothingReturns() {
    float[] state = new DynamicUpdate(0.5, 1).state(LAYOUT, random(1), new float[SIZE], 1);
    for (int x = 0; x < SIZE; x++) {
      assertEquals(1, state[x]);
      assertEquals(0, state[SIZE + x]);
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThrows(IllegalArgumentException.class, () -> new DynamicUpdate(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> new DynamicUpdate(0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new DynamicUpdate(0, 1).state(LAYOUT, new float[2], new float[2], 1));
  }
}
