package io.unroll.worker.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.model.Tally;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {
  private static final int VOCABULARY = 9;
  private static final LanguageArchitecture ARCHITECTURE =
      new LanguageArchitecture(Cell.LSTM, VOCABULARY, 5, 6, 2, 0.5, false);

  private static LanguageModel model(int window, int batch) {
    LanguageModel model =
        new LanguageModel(ARCHITECTURE, window, batch, Cores.one(new PlainKernels()));
    model.use(LanguageModel.layout(ARCHITECTURE).initialParameters(4));
    return model;
  }

  private static int[] text(int tokens, int seed) {
    RandomStream random = new RandomStream(seed, Purpose.SHUFFLE, 0, 0);
    int[] text = new int[tokens];
    for (int x = 0; x < tokens; x++) {
      text[x] = random.nextInt(VOCABULARY);
    }
    return text;
  }

  private static List<Tally> losses(List<Segment> segments, int window, int batch) {
    return new Evaluator(model(window, batch), window, batch).losses(segments);
  }

  private static List<Segment> sequences() {
    List<Segment> sequences = new ArrayList<>();
    for (int length : new int[] {2, 9, 5, 30, 3, 14, 7}) {
      sequences.add(Segment.ofSequence(text(length, length)));
    }
    return sequences;
  }

  @ParameterizedTest
  @CsvSource({"8,1", "8,3", "8,7", "8,50", "1,2", "64,4"})
  void doesNotDependOnBatchOrWindow(int window, int batch) {
    assertEquals(losses(sequences(), 5, 2), losses(sequences(), window, batch));
  }

  @Test
  void doesNotDependOnGrouping() {
    List<Segment> all = sequences();
    List<Tally> grouped = new ArrayList<>(losses(all.subList(0, 3), 8, 4));
    grouped.addAll(losses(all.subList(3, 7), 8, 4));
    assertEquals(losses(all, 8, 4), grouped);
  }

  @Test
  void canBeUsedAgain() {
    Evaluator evaluator = new Evaluator(model(8, 4), 8, 4);
    assertEquals(evaluator.losses(sequences()), evaluator.losses(sequences()));
  }

  @Test
  void sumsTheCrossEntropyOfPredictions() {
    int[] tokens = text(20, 1);
    Tally loss = losses(List.of(Segment.ofSequence(tokens)), 8, 2).get(0);
    assertEquals(19, loss.predictions());
    assertEquals(crossEntropy(tokens, 0), loss.loss(), 1e-4);
  }

  @Test
  void readsContextWithoutCountingIt() {
    int[] tokens = text(20, 1);
    Tally loss = losses(List.of(new Segment(tokens, 12)), 8, 2).get(0);
    assertEquals(7, loss.predictions());
    assertEquals(crossEntropy(tokens, 12), loss.loss(), 1e-4);
  }

  @Test
  void ofSeveralModelsTheMeanProbabilityCounts() {
    LanguageArchitecture other = new LanguageArchitecture(Cell.GRU, VOCABULARY, 7, 7, 1, 0, true);
    LanguageModel second = new LanguageModel(other, 8, 4, Cores.one(new PlainKernels()));
    second.use(LanguageModel.layout(other).initialParameters(9));
    List<LanguageModel> models = List.of(model(8, 4), second);
    List<Segment> pairs = new ArrayList<>();
    for (int seed = 0; seed < 6; seed++) {
      pairs.add(Segment.ofSequence(text(2, seed)));
    }
    List<Tally> first = new Evaluator(models.get(0), 8, 4).losses(pairs);
    List<Tally> others = new Evaluator(second, 8, 4).losses(pairs);
    List<Tally> together = new Evaluator(models, 8, 4).losses(pairs);
    for (int x = 0; x < pairs.size(); x++) {
      double mean = (Math.exp(-first.get(x).loss()) + Math.exp(-others.get(x).loss())) / 2;
      assertEquals(-Math.log(mean), together.get(x).loss(), 1e-12);
    }
    assertEquals(
        new Evaluator(models, 8, 4).losses(sequences()),
        new Evaluator(models, 5, 2).losses(sequences()));
    double alone = losses(sequences(), 8, 4).get(3).loss();
    List<LanguageModel> twice = List.of(model(8, 4), model(8, 4));
    assertEquals(alone, new Evaluator(twice, 8, 4).losses(sequences()).get(3).loss(), 1e-9);
  }

  /** By single steps of the model and a softmax in double. */
  private static double crossEntropy(int[] tokens, int context) {
    LanguageModel model = model(1, 1);
    float[] state = new float[ARCHITECTURE.stateSize()];
    float[] logits = new float[VOCABULARY];
    double sum = 0;
    for (int t = 0; t < tokens.length - 1; t++) {
      model.predict(new int[] {tokens[t]}, 1, state, logits);
      double total = 0;
      for (float logit : logits) {
        total += Math.exp(logit);
      }
      sum += t < context ? 0 : Math.log(total) - logits[tokens[t + 1]];
    }
    return sum;
  }

  @Test
  void measuresALongTextInSegments() {
    int[] text = text(4500, 2);
    List<Tally> losses = losses(Segment.ofText(text), 64, 3);
    long[] lengths = losses.stream().mapToLong(Tally::predictions).toArray();
    assertEquals("[2048, 2048, 403]", Arrays.toString(lengths));
    int[] first = Arrays.copyOf(text, 2049);
    assertEquals(losses(List.of(Segment.ofSequence(first)), 64, 3).get(0), losses.get(0));
  }

  @Test
  void refusesMoreThanTheModelWasAllocatedFor() {
    Evaluator evaluator = new Evaluator(model(8, 2), 8, 3);
    assertThrows(IllegalArgumentException.class, () -> evaluator.losses(sequences()));
  }
}
