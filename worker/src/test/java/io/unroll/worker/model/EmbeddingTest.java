package io.unroll.worker.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Spans;
import io.unroll.worker.parallel.Cores;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is computed once per distinct token gives what computing it every time would give. */
class EmbeddingTest {
  private static final int VOCABULARY = 700;
  private static final int TIME = 3;
  private static final int BATCH = 4;

  private final Kernels kernels = KernelChoice.fastest();

  private static LanguageArchitecture architecture(Cell cell, boolean tied) {
    return new LanguageArchitecture(cell, VOCABULARY, 5, 5, 2, 0, tied);
  }

  private LanguageModel model(LanguageArchitecture architecture) {
    LanguageModel model = new LanguageModel(architecture, TIME, BATCH, Cores.one(kernels));
    model.use(LanguageModel.layout(architecture).initialParameters(3));
    return model;
  }

  /** More tokens than there are slots, some of them again and again. */
  @ParameterizedTest
  @EnumSource(Cell.class)
  void predictsAlikeWhateverTokensCameBefore(Cell cell) {
    LanguageArchitecture architecture = architecture(cell, false);
    LanguageModel kept = model(architecture);
    float[] state = new float[architecture.stateSize()];
    float[] logits = new float[VOCABULARY];
    for (int x = 0; x < 2000; x++) {
      int[] token = {x % 7 == 0 ? 1 : x * 37 % VOCABULARY};
      float[] sameState = state.clone();
      kept.predict(token, 1, state, logits);
      if (x % 97 == 0) {
        float[] expected = new float[VOCABULARY];
        model(architecture).predict(token, 1, sameState, expected);
        assertArrayEquals(expected, logits);
        assertArrayEquals(sameState, state);
      }
    }
  }

  @Test
  void gradientOfAWindowHasNothingOfTheOneBefore() {
    for (boolean tied : new boolean[] {false, true}) {
      LanguageArchitecture architecture = architecture(Cell.LSTM, tied);
      LanguageModel model = model(architecture);
      Gradient reused = new Gradient(new float[model.layout().size()]);
      for (int seed = 0; seed < 5; seed++) {
        Window window = ModelCase.randomWindow(TIME, BATCH, VOCABULARY, true, seed);
        float[] state = new float[architecture.stateSize() * BATCH];
        model.lossAndGradient(window, state, DropoutMasks.NONE, reused);
        Gradient fresh = new Gradient(new float[model.layout().size()]);
        model(architecture).lossAndGradient(window, state, DropoutMasks.NONE, fresh);
        assertArrayEquals(fresh.values(), reused.values());
      }
    }
  }

  @Test
  void spansAreTheRowsInUseAndAllThatFollows() {
    LanguageArchitecture architecture = architecture(Cell.GRU, false);
    LanguageModel model = model(architecture);
    Gradient gradient = new Gradient(new float[model.layout().size()]);
    Window window = ModelCase.randomWindow(2, 2, VOCABULARY, true, 1);
    System.arraycopy(new int[] {699, 3, 4, 3}, 0, window.inputs(), 0, 4);
    model.lossAndGradient(
        window, new float[architecture.stateSize() * 2], DropoutMasks.NONE, gradient);
    List<List<Integer>> ranges = new ArrayList<>();
    Spans spans = gradient.spans();
    for (int x = 0; x < spans.count(); x++) {
      ranges.add(List.of(spans.from(x), spans.to(x)));
    }
    // Rows of 5: tokens 3 and 4 are neighbours, and the last row of the embedding joins the rest.
    assertEquals(List.of(List.of(15, 25), List.of(3495, model.layout().size())), ranges);
    double everywhere =
        kernels.sumOfSquares(
            gradient.values(), Spans.of(0, gradient.values().length), 0, gradient.values().length);
    assertEquals(Math.sqrt(everywhere), gradient.norm(Cores.one(kernels)));
  }
}
