package io.unroll.worker.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.parallel.Cores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The four-letter example of the lectures: trained on "hello", h is followed by e, and so on. */
class HelloTest {
  private static final String LETTERS = "helo";
  private static final String TEXT = "hello";
  private static final int STEPS = 200;
  private static final float LEARNING_RATE = 1f;

  @ParameterizedTest
  @EnumSource(Cell.class)
  void everyLetterIsFollowedByTheNextByState(Cell cell) {
    LanguageArchitecture architecture =
        new LanguageArchitecture(cell, LETTERS.length(), 4, 8, 1, 0, false);
    LanguageModel model = new LanguageModel(architecture, 4, 1, Cores.one(new PlainKernels()));
    train(model, LanguageModel.layout(architecture).initialParameters(1));

    // Fed with its own predictions: the first l gives l, the second o, which only the state tells.
    float[] state = new float[architecture.stateSize()];
    float[] logits = new float[LETTERS.length()];
    StringBuilder spoken = new StringBuilder("h");
    while (spoken.length() < TEXT.length()) {
      int last = LETTERS.indexOf(spoken.charAt(spoken.length() - 1));
      model.predict(new int[] {last}, 1, state, logits);
      spoken.append(LETTERS.charAt(largest(logits)));
    }
    assertEquals(TEXT, spoken.toString());
  }

  private static void train(LanguageModel model, float[] parameters) {
    Window window = new Window(4, 1);
    window.begin(4, 1, true);
    for (int t = 0; t < 4; t++) {
      window.inputs()[t] = LETTERS.indexOf(TEXT.charAt(t));
      window.targets()[t] = LETTERS.indexOf(TEXT.charAt(t + 1));
    }
    float[] state = new float[model.architecture().stateSize()];
    float[] gradient = new float[parameters.length];
    for (int step = 0; step < STEPS; step++) {
      model.use(parameters);
      model.lossAndGradient(window, state, DropoutMasks.NONE, new Gradient(gradient));
      for (int x = 0; x < parameters.length; x++) {
        parameters[x] -= LEARNING_RATE * gradient[x];
      }
    }
    model.use(parameters);
  }

  private static int largest(float[] values) {
    int best = 0;
    for (int x = 1; x < values.length; x++) {
      best = values[x] > values[best] ? x : best;
    }
    return best;
  }
}
