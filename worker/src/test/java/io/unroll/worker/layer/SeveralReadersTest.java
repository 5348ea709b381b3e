package io.unroll.worker.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.parallel.Cores;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A signal that several modules read gets the sum of their gradients. */
class SeveralReadersTest {
  private static final Axis AXIS = new Axis(3, 2);
  private static final int SIZE = 5;
  private static final int HIDDEN = 4;

  private final Blueprint blueprint = blueprint();
  private final Signal input = blueprint.signal(SIZE);
  private final RecurrentLayer lstm =
      RecurrentLayer.carried(blueprint, Cell.LSTM, RecurrentTensors.of(0), input);
  private final RecurrentLayer another =
      RecurrentLayer.carried(blueprint, Cell.LSTM, RecurrentTensors.of(1), input);
  private final Dropout dropout = Dropout.ofSteps(blueprint, 0, 0.5, input);
  private final Random random = new Random(1);

  private static Blueprint blueprint() {
    ParameterLayout.Builder layout = new ParameterLayout.Builder();
    RecurrentLayer.declare(layout, Cell.LSTM, RecurrentTensors.of(0), SIZE, HIDDEN);
    RecurrentLayer.declare(layout, Cell.LSTM, RecurrentTensors.of(1), SIZE, HIDDEN);
    return new Blueprint(layout.build(), AXIS, SIZE, Cores.one(new PlainKernels()));
  }

  @Test
  void getsTheSumOfTheirGradients() {
    float[] parameters = blueprint.layout().initialParameters(1);
    blueprint.use(parameters);
    fill(input.values());
    float[] upper = new float[lstm.output().gradient().length];
    fill(upper);
    float[] masked = new float[dropout.output().gradient().length];
    fill(masked);
    float[] sum = new float[AXIS.rows() * SIZE];
    for (Module reader : List.of(lstm, another, dropout)) {
      float[] alone = gradient(parameters, upper, masked, reader);
      for (int x = 0; x < sum.length; x++) {
        sum[x] += alone[x];
      }
    }
    assertArrayEquals(sum, gradient(parameters, upper, masked, lstm, another, dropout), 1e-6f);
    assertArrayEquals(sum, gradient(parameters, upper, masked, dropout, another, lstm), 1e-6f);
  }

  /** By the input's rows, whatever the array held before. */
  private float[] gradient(float[] parameters, float[] upper, float[] masked, Module... readers) {
    Pass pass = new Pass(AXIS, new int[0], new float[4 * HIDDEN * 2], new DropoutMasks(1, 0, 0));
    Arrays.fill(input.gradient(), Float.NaN);
    blueprint.beginBackward();
    for (Module reader : readers) {
      reader.use(parameters);
      reader.forward(pass);
    }
    for (RecurrentLayer layer : List.of(lstm, another)) {
      System.arraycopy(upper, 0, layer.output().gradient(), 0, upper.length);
    }
    System.arraycopy(masked, 0, dropout.output().gradient(), 0, masked.length);
    for (Module reader : readers) {
      reader.backward(pass);
    }
    int from = input.offset(0, AXIS.batch());
    return Arrays.copyOfRange(input.gradient(), from, input.gradient().length);
  }

  private void fill(float[] values) {
    for (int x = 0; x < values.length; x++) {
      values[x] = (float) random.nextGaussian();
    }
  }

  @Test
  void theFirstReplacesWhatWasThere() {
    input.clearGradient();
    assertTrue(input.addsFirst());
    assertFalse(input.addsFirst());
    input.clearGradient();
    assertTrue(input.addsFirst());
  }
}
