package io.unroll.worker.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.data.Example;
import io.unroll.worker.data.Window;
import io.unroll.worker.evaluate.Answer;
import io.unroll.worker.evaluate.LabelEvaluator;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.parallel.Cores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Labelers against {@link NaiveLabeler}, and against themselves in other company. */
class LabelerTest {
  /** Float rounding over some hundred operations. */
  private static final double LOSS_TOLERANCE = 2e-5;

  /** Relative to the largest gradient of a tensor. */
  private static final double GRADIENT_TOLERANCE = 2e-5;

  private static final double DIFFERENCE = 1e-4;

  /** Of a central difference, of the order of its square. */
  private static final double DIFFERENCE_ERROR = 1e-7;

  static List<LabelerCase> cases() {
    return LabelerCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossIsThatOfTheFormulasAndGradientsAreItsFiniteDifferences(LabelerCase given) {
    List<Example> examples = given.examples();
    Window window = given.window(examples);
    Labeler model = model(given, Cores.one(new PlainKernels()));
    float[] gradient = new float[model.layout().size()];
    Arrays.fill(gradient, Float.NaN);
    double loss =
        model.lossAndGradient(window, new float[0], given.masks(), new Gradient(gradient));

    double[] parameters = ModelCase.doubles(given.parameters());
    assertEquals(naive(given, parameters).loss(examples), loss, LOSS_TOLERANCE);
    for (ParameterLayout.Tensor tensor : model.layout().tensors()) {
      double[] expected = new double[tensor.size()];
      double largest = 0;
      for (int x = 0; x < expected.length; x++) {
        expected[x] = difference(given, examples, parameters, tensor.offset() + x);
        largest = Math.max(largest, Math.abs(expected[x]));
      }
      assertTrue(largest > 1e-4, () -> "nothing to compare in " + tensor.name());
      for (int x = 0; x < expected.length; x++) {
        assertEquals(
            expected[x],
            gradient[tensor.offset() + x],
            GRADIENT_TOLERANCE * largest + DIFFERENCE_ERROR,
            tensor.name() + "[" + x + "]");
      }
    }
  }

  private static double difference(
      LabelerCase given, List<Example> examples, double[] parameters, int index) {
    int places = examples.stream().mapToInt(example -> example.targets().length).sum();
    double value = parameters[index];
    parameters[index] = value + DIFFERENCE;
    double above = naive(given, parameters).loss(examples);
    parameters[index] = value - DIFFERENCE;
    double below = naive(given, parameters).loss(examples);
    parameters[index] = value;
    return (above - below) / (2 * DIFFERENCE * places);
  }

  private static NaiveLabeler naive(LabelerCase given, double[] parameters) {
    return new NaiveLabeler(given.architecture(), parameters, given.masks());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anExampleGetsTheBitsThatItGetsAlone(LabelerCase given) {
    Labeler model = model(given, Cores.one(KernelChoice.fastest()));
    List<Example> examples = given.examples();
    float[] together = logits(given, model, examples);
    for (int b = 0; b < examples.size(); b++) {
      float[] alone = logits(given, model, List.of(examples.get(b)));
      assertArrayEquals(alone, rows(given, together, examples, b));
    }
  }

  private static float[] logits(LabelerCase given, Labeler model, List<Example> examples) {
    Window window = given.window(examples);
    float[] logits = new float[window.targetRows() * given.architecture().labels()];
    model.logits(window, logits);
    return logits;
  }

  /** What was said of example b. */
  private static float[] rows(LabelerCase given, float[] logits, List<Example> examples, int b) {
    int labels = given.architecture().labels();
    int places = given.pooling().isEmpty() ? examples.get(b).steps() : 1;
    float[] rows = new float[places * labels];
    for (int place = 0; place < places; place++) {
      int from = (place * examples.size() + b) * labels;
      System.arraycopy(logits, from, rows, place * labels, labels);
    }
    return rows;
  }

  /** The gradient of one example is that of a batch in which padding is the only company. */
  @ParameterizedTest
  @MethodSource("cases")
  void threadsAndStaleBuffersChangeNoBitOfTheGradient(LabelerCase given) {
    List<Example> examples = given.examples();
    float[] expected = gradient(given, model(given, Cores.one(new PlainKernels())), examples);
    for (int threads : new int[] {1, 2, 3, 8}) {
      Labeler model = model(given, Cores.of(threads, PlainKernels::new));
      // Longer sequences leave numbers behind the ends of shorter ones.
      gradient(given, model, List.of(examples.get(0), examples.get(0), examples.get(0)));
      assertArrayEquals(expected, gradient(given, model, examples));
    }
  }

  private static float[] gradient(LabelerCase given, Labeler model, List<Example> examples) {
    float[] gradient = new float[model.layout().size()];
    model.lossAndGradient(
        given.window(examples), new float[0], given.masks(), new Gradient(gradient));
    return gradient;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAreThoseOfTheFormulasInAnyCompany(LabelerCase given) {
    double[] parameters = ModelCase.doubles(given.parameters());
    NaiveLabeler naive = new NaiveLabeler(given.architecture(), parameters, DropoutMasks.NONE);
    List<Example> examples = new ArrayList<>();
    for (int copy = 0; copy < 30; copy++) {
      examples.addAll(given.examples());
    }
    LabelEvaluator evaluator =
        new LabelEvaluator(
            given.architecture(), given.parameters(), Cores.one(KernelChoice.fastest()));
    List<Answer> answers = evaluator.answers(examples);
    for (int x = 0; x < examples.size(); x++) {
      Answer answer = answers.get(x);
      assertEquals(naive.loss(List.of(examples.get(x))), answer.loss(), LOSS_TOLERANCE);
      assertEquals(examples.get(x).targets().length, answer.targets());
      assertArrayEquals(answers.get(x % 3).probabilities(), answer.probabilities());
      assertArrayEquals(
          evaluator.answers(List.of(examples.get(x))).get(0).probabilities(),
          answer.probabilities());
      check(answer, naive.logits(examples.get(x), 0, 1), examples.get(x).targets());
    }
  }

  private static void check(Answer answer, double[][] logits, int[] targets) {
    int correct = 0;
    for (int place = 0; place < logits.length; place++) {
      int best = 0;
      for (int k = 1; k < logits[place].length; k++) {
        best = logits[place][k] > logits[place][best] ? k : best;
      }
      assertEquals(best, answer.labels()[place]);
      double probability = Math.exp(-NaiveModel.crossEntropy(logits[place], best));
      assertEquals(probability, answer.probabilities()[place * logits[place].length + best], 1e-5);
      correct += best == targets[place] ? 1 : 0;
    }
    assertEquals(correct, answer.correct());
  }

  private static Labeler model(LabelerCase given, Cores cores) {
    Labeler model = given.architecture().model(LabelerCase.TIME + 1, LabelerCase.BATCH + 1, cores);
    model.use(given.parameters());
    return model;
  }
}
