package io.unroll.worker.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.parallel.Cores;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyChangeTest {
  private static final int NEW = VocabularyChange.NEW;
  private static final int UNKNOWN = 1;

  /** Old ids 0 to 3 become 2, 0, 4 and 1; two tokens are new. */
  private static final int[] ORIGIN = {1, 3, 0, NEW, 2, NEW};

  /** Of logits of a few units, in floats. */
  private static final double ROUNDING = 1e-6;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void newTokensShareTheProbabilityOfTheUnknownOne(boolean tied) {
    LanguageArchitecture before = architecture(tied);
    float[] parameters = parameters(before);
    VocabularyChange change = new VocabularyChange(before, ORIGIN, OptionalInt.of(UNKNOWN));
    float[] carried = change.carriedOver(parameters);

    double[] old = probabilities(before, parameters, new int[] {0, 2, UNKNOWN});
    // A new token stands for the unknown one in what is read, too.
    double[] now = probabilities(change.architecture(), carried, new int[] {2, 4, 3});
    for (int id = 0; id < ORIGIN.length; id++) {
      boolean shares = ORIGIN[id] == NEW || ORIGIN[id] == UNKNOWN;
      double expected = shares ? old[UNKNOWN] / 3 : old[ORIGIN[id]];
      assertEquals(expected, now[id], ROUNDING, "token " + id);
    }
  }

  @Test
  void newTokensGetTheMeanWhereNoneIsUnknown() {
    LanguageArchitecture before = architecture(false);
    float[] parameters = parameters(before);
    VocabularyChange change = new VocabularyChange(before, ORIGIN, OptionalInt.empty());

    double[] old = probabilities(before, parameters, new int[] {0, 2, 3});
    double[] now =
        probabilities(change.architecture(), change.carriedOver(parameters), new int[] {2, 4, 1});
    double mean = Math.exp(Arrays.stream(old).map(Math::log).average().orElseThrow());
    for (int id = 0; id < ORIGIN.length; id++) {
      double expected = ORIGIN[id] == NEW ? mean / 2 : old[ORIGIN[id]];
      assertEquals(expected / (1 + mean), now[id], ROUNDING, "token " + id);
    }
  }

  @Test
  void anotherOrderIsUndoneByItsReverse() {
    LanguageArchitecture architecture = architecture(false);
    float[] parameters = parameters(architecture);
    var there = new VocabularyChange(architecture, new int[] {2, 0, 3, 1}, OptionalInt.empty());
    var back = new VocabularyChange(architecture, new int[] {1, 3, 0, 2}, OptionalInt.empty());
    assertArrayEquals(parameters, back.carriedOver(there.carriedOver(parameters)));
  }

  @Test
  void refusesToLoseOrDoubleATokenOrToMakeOneUp() {
    LanguageArchitecture architecture = architecture(false);
    for (int[] origin : new int[][] {{0, 1, 2}, {0, 1, 2, 2}, {0, 1, 2, 3, 4}, {NEW, NEW}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new VocabularyChange(architecture, origin, OptionalInt.empty()));
    }
  }

  @Test
  void refusesParametersOfAnotherModel() {
    var change = new VocabularyChange(architecture(false), ORIGIN, OptionalInt.empty());
    assertThrows(IllegalArgumentException.class, () -> change.carriedOver(new float[7]));
  }

  private static LanguageArchitecture architecture(boolean tied) {
    return new LanguageArchitecture(Cell.LSTM, 4, 5, 5, 2, 0, tied);
  }

  private static float[] parameters(LanguageArchitecture architecture) {
    Random random = new Random(3);
    float[] parameters = new float[LanguageModel.layout(architecture).size()];
    for (int x = 0; x < parameters.length; x++) {
      parameters[x] = (float) random.nextGaussian();
    }
    return parameters;
  }

  /** Of the token after these. */
  private static double[] probabilities(
      LanguageArchitecture architecture, float[] parameters, int[] tokens) {
    LanguageModel model = new LanguageModel(architecture, 1, 1, Cores.one(new PlainKernels()));
    model.use(parameters);
    float[] state = new float[architecture.stateSize()];
    float[] logits = new float[architecture.vocabulary()];
    for (int token : tokens) {
      model.predict(new int[] {token}, 1, state, logits);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    double[] probabilities = new double[logits.length];
    for (int id = 0; id < logits.length; id++) {
      probabilities[id] = Math.exp(logits[id]) / sum;
    }
    return probabilities;
  }
}
