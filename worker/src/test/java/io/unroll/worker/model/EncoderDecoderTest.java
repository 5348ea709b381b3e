package io.unroll.worker.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.data.Example;
import io.unroll.worker.data.Window;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.math.KernelChoice;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.parallel.Cores;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Encoder-decoders against {@link NaiveEncoderDecoder}, and against themselves otherwise. */
class EncoderDecoderTest {
  /** Float rounding over some hundred operations. */
  private static final double LOSS_TOLERANCE = 2e-5;

  /** Relative to the largest gradient of a tensor. */
  private static final double GRADIENT_TOLERANCE = 2e-5;

  private static final double DIFFERENCE = 1e-4;

  /** Of a central difference, of the order of its square. */
  private static final double DIFFERENCE_ERROR = 1e-7;

  static List<EncoderDecoderCase> cases() {
    return EncoderDecoderCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossIsThatOfTheFormulasAndGradientsAreItsFiniteDifferences(EncoderDecoderCase given) {
    List<Example> examples = given.examples();
    EncoderDecoder model = model(given, Cores.one(new PlainKernels()));
    float[] gradient = new float[model.layout().size()];
    Arrays.fill(gradient, Float.NaN);
    double loss =
        model.lossAndGradient(
            given.window(examples), new float[0], given.masks(), new Gradient(gradient));

    double[] parameters = ModelCase.doubles(given.parameters());
    assertEquals(naive(given, parameters, examples, false), loss, LOSS_TOLERANCE);
    for (ParameterLayout.Tensor tensor : model.layout().tensors()) {
      double[] expected = new double[tensor.size()];
      double largest = 0;
      for (int x = 0; x < expected.length; x++) {
        expected[x] = difference(given, examples, parameters, tensor.offset() + x);
        largest = Math.max(largest, Math.abs(expected[x]));
      }
      assertTrue(largest > 1e-5, () -> "nothing to compare in " + tensor.name());
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
      EncoderDecoderCase given, List<Example> examples, double[] parameters, int index) {
    int tokens = examples.stream().mapToInt(example -> example.targets().length - 1).sum();
    double value = parameters[index];
    parameters[index] = value + DIFFERENCE;
    double above = naive(given, parameters, examples, true);
    parameters[index] = value - DIFFERENCE;
    double below = naive(given, parameters, examples, true);
    parameters[index] = value;
    return (above - below) / (2 * DIFFERENCE * tokens);
  }

  private static double naive(
      EncoderDecoderCase given, double[] parameters, List<Example> examples, boolean trains) {
    NaiveEncoderDecoder naive =
        new NaiveEncoderDecoder(given.architecture(), parameters, given.masks());
    double loss = 0;
    for (int b = 0; b < examples.size(); b++) {
      loss += naive.loss(examples.get(b), b, examples.size(), trains);
    }
    return loss;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anExampleGetsTheBitsThatItGetsAlone(EncoderDecoderCase given) {
    EncoderDecoder model = model(given, Cores.one(KernelChoice.fastest()));
    List<Example> examples = given.examples();
    double[] together = new double[examples.size()];
    model.loss(given.window(examples), together);
    for (int b = 0; b < examples.size(); b++) {
      double[] alone = new double[1];
      model.loss(given.window(List.of(examples.get(b))), alone);
      assertEquals(alone[0], together[b], 0);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void threadsAndStaleBuffersChangeNoBitOfTheGradient(EncoderDecoderCase given) {
    List<Example> examples = given.examples();
    float[] expected = gradient(given, model(given, Cores.one(new PlainKernels())), examples);
    for (int threads : new int[] {1, 2, 3, 8}) {
      EncoderDecoder model = model(given, Cores.of(threads, PlainKernels::new));
      // Longer sequences leave numbers behind the ends of shorter ones.
      gradient(given, model, List.of(examples.get(0), examples.get(0), examples.get(0)));
      assertArrayEquals(expected, gradient(given, model, examples));
    }
    EncoderDecoder fast = model(given, Cores.one(KernelChoice.fastest()));
    assertArrayEquals(expected, gradient(given, fast, examples));
  }

  private static float[] gradient(
      EncoderDecoderCase given, EncoderDecoder model, List<Example> examples) {
    float[] gradient = new float[model.layout().size()];
    model.lossAndGradient(
        given.window(examples), new float[0], given.masks(), new Gradient(gradient));
    return gradient;
  }

  /** Token by token, in rows of another order, with the right tokens before each. */
  @ParameterizedTest
  @MethodSource("cases")
  void writingStepByStepGivesTheLogitsOfTheFormulas(EncoderDecoderCase given) {
    List<Example> examples = given.examples();
    EncoderDecoder model = model(given, Cores.one(KernelChoice.fastest()));
    int size = model.writerStateSize();
    float[] read = new float[size * examples.size()];
    Window window = given.window(examples);
    model.read(window, read);
    NaiveEncoderDecoder naive =
        new NaiveEncoderDecoder(
            given.architecture(), ModelCase.doubles(given.parameters()), DropoutMasks.NONE);
    for (int b = 0; b < examples.size(); b++) {
      double[][] expected = naive.logits(examples.get(b), 0, 1);
      float[] state = row(given, read, b, examples.size());
      float[] logits = new float[given.architecture().writer().vocabulary()];
      for (int t = 0; t < expected.length; t++) {
        int[] token = {examples.get(b).targets()[t]};
        model.write(token, new int[] {b}, 1, state, logits);
        for (int v = 0; v < logits.length; v++) {
          assertEquals(expected[t][v], logits[v], LOSS_TOLERANCE);
        }
        checkWeights(given, model.attention(0, b), examples.get(b).steps());
      }
    }
  }

  private static void checkWeights(EncoderDecoderCase given, float[] weights, int steps) {
    assertEquals(given.attends() ? steps : 0, weights.length);
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    assertEquals(given.attends() ? 1 : 0, sum, 1e-5);
  }

  private static float[] row(EncoderDecoderCase given, float[] state, int b, int batch) {
    int hidden = given.architecture().stack().hidden();
    float[] row = new float[state.length / batch];
    for (int block = 0; block < row.length / hidden; block++) {
      System.arraycopy(state, (block * batch + b) * hidden, row, block * hidden, hidden);
    }
    return row;
  }

  private static EncoderDecoder model(EncoderDecoderCase given, Cores cores) {
    EncoderDecoder model =
        given
            .architecture()
            .model(EncoderDecoderCase.TIME + 1, EncoderDecoderCase.BATCH + 1, cores);
    model.use(given.parameters());
    return model;
  }
}
