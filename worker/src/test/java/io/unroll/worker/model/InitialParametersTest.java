package io.unroll.worker.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.ParameterLayout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InitialParametersTest {
  private static final LanguageArchitecture LSTM =
      new LanguageArchitecture(Cell.LSTM, 50, 30, 64, 2, 0, false);

  @Test
  void isAFunctionOfTheSeed() {
    float[] parameters = LanguageModel.layout(LSTM).initialParameters(7);
    assertArrayEquals(parameters, LanguageModel.layout(LSTM).initialParameters(7));
    assertFalse(Arrays.equals(parameters, LanguageModel.layout(LSTM).initialParameters(8)));
  }

  @Test
  void forgetGateBeginsOpen() {
    for (int layer = 0; layer < 2; layer++) {
      float[] expected = new float[4 * 64];
      Arrays.fill(expected, 64, 128, 1f);
      assertArrayEquals(expected, tensor(LSTM, "rnn.bias_ih_l" + layer));
      assertArrayEquals(new float[4 * 64], tensor(LSTM, "rnn.bias_hh_l" + layer));
    }
    LanguageArchitecture gru = new LanguageArchitecture(Cell.GRU, 50, 30, 64, 1, 0, false);
    assertArrayEquals(new float[3 * 64], tensor(gru, "rnn.bias_ih_l0"));
    assertArrayEquals(new float[50], tensor(gru, "output.bias"));
  }

  @Test
  void weightsHaveTheirDistributions() {
    // Uniform in ±1/8 has deviation 1/(8 sqrt 3); 5 % is far beyond chance for these sizes.
    for (String name : new String[] {"rnn.weight_ih_l0", "rnn.weight_hh_l1", "output.weight"}) {
      float[] weights = tensor(LSTM, name);
      assertDeviation(1 / (8 * Math.sqrt(3)), weights);
      for (float weight : weights) {
        assertTrue(Math.abs(weight) <= 1f / 8);
      }
    }
    assertDeviation(1, tensor(LSTM, "embedding.weight"));
    LanguageArchitecture tied = new LanguageArchitecture(Cell.LSTM, 50, 64, 64, 2, 0, true);
    assertDeviation(0.1 / Math.sqrt(3), tensor(tied, "embedding.weight"));
  }

  private static void assertDeviation(double expected, float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    assertEquals(expected, Math.sqrt(squares / values.length), 0.05 * expected);
  }

  private static float[] tensor(LanguageArchitecture architecture, String name) {
    ParameterLayout.Tensor tensor = LanguageModel.layout(architecture).tensor(name);
    float[] parameters = LanguageModel.layout(architecture).initialParameters(7);
    return Arrays.copyOfRange(parameters, tensor.offset(), tensor.offset() + tensor.size());
  }
}
