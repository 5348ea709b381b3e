package io.unroll.worker.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.worker.data.Example;
import io.unroll.worker.data.Window;
import io.unroll.worker.diagnose.GradientProbe;
import io.unroll.worker.diagnose.LayerGradients;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.Saturation;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.parallel.Cores;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of a late loss by h, against finite differences, and what they show. */
class GradientProbeTest {
  /** Float rounding, relative to the largest norm of a layer, where paths may nearly cancel. */
  private static final double TOLERANCE = 1e-4;

  /** Far below the tolerance, and so small that the largest of a pool stays the largest. */
  private static final double DIFFERENCE = 1e-6;

  private static final int VOCABULARY = 5;

  static List<LabelerCase> labelers() {
    return LabelerCase.all();
  }

  private static GradientProbe probe(float[] parameters, int steps) {
    return new GradientProbe(parameters, steps, Cores.one(new PlainKernels()));
  }

  /** Norm of the differences of a loss by all units after a step. */
  private static double norm(
      int layer, boolean reverse, int step, int hidden, ToDoubleFunction<Nudge> loss) {
    double squares = 0;
    for (int unit = 0; unit < hidden; unit++) {
      double above = loss.applyAsDouble(new Nudge(layer, reverse, step, unit, DIFFERENCE));
      double below = loss.applyAsDouble(new Nudge(layer, reverse, step, unit, -DIFFERENCE));
      double difference = (above - below) / (2 * DIFFERENCE);
      squares += difference * difference;
    }
    return Math.sqrt(squares);
  }

  private static void assertNorms(double[] expected, double[] found, String which) {
    double largest = Arrays.stream(expected).max().orElseThrow();
    assertTrue(largest > 1e-4, () -> "nothing to compare in " + which);
    assertEquals(expected.length, found.length, which);
    for (int d = 0; d < expected.length; d++) {
      assertEquals(expected[d], found[d], TOLERANCE * largest, which + ", distance " + d);
    }
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void normsOfLanguageModelsAreFiniteDifferences(Cell cell) {
    for (Connections connections : Connections.values()) {
      LanguageArchitecture architecture =
          new LanguageArchitecture(
              cell, VOCABULARY, 4, 4, 3, Dropouts.ofLayers(0.5), false, connections);
      float[] parameters = ModelCase.normal(architecture.layout().size(), 0.6, 1);
      List<int[]> sequences = List.of(tokens(7, 1), tokens(6, 2), tokens(3, 3));
      List<LayerGradients> found = probe(parameters, 4).ofTexts(architecture, sequences);
      assertEquals(3, found.size());
      for (int layer = 0; layer < 3; layer++) {
        for (int b = 0; b < sequences.size(); b++) {
          int[] tokens = sequences.get(b);
          double[] expected = new double[Math.min(5, tokens.length - 1)];
          for (int d = 0; d < expected.length; d++) {
            expected[d] =
                norm(
                    layer,
                    false,
                    tokens.length - 2 - d,
                    4,
                    n -> loss(architecture, parameters, tokens, n));
          }
          assertNorms(expected, found.get(layer).norms().get(b), connections + " " + layer);
        }
      }
    }
  }

  /** Of the last token. */
  private static double loss(
      LanguageArchitecture architecture, float[] parameters, int[] tokens, Nudge nudge) {
    int time = tokens.length - 1;
    Window window = new Window(time, 1);
    window.begin(time, 1, true);
    for (int t = 0; t < time; t++) {
      window.inputs()[t] = tokens[t];
      window.targets()[t] = tokens[t + 1];
      window.weights()[t] = t == time - 1 ? 1 : 0;
    }
    return new NaiveModel(architecture, ModelCase.doubles(parameters), DropoutMasks.NONE, nudge)
        .loss(window, new double[architecture.stateSize()]);
  }

  private static int[] tokens(int count, long seed) {
    return new Random(seed).ints(count, 0, VOCABULARY).toArray();
  }

  @ParameterizedTest
  @MethodSource("labelers")
  void normsOfLabelersAreFiniteDifferences(LabelerCase given) {
    LabelerArchitecture architecture = given.architecture();
    List<Example> sorted =
        given.examples().stream()
            .sorted(Comparator.comparingInt(example -> -example.steps()))
            .toList();
    List<LayerGradients> found =
        probe(given.parameters(), 9).ofExamples(architecture, given.examples());
    for (LayerGradients layer : found) {
      boolean reverse = layer.place().reverse();
      for (int b = 0; b < sorted.size(); b++) {
        Example example = sorted.get(b);
        double[] expected = new double[example.steps()];
        for (int d = 0; d < expected.length; d++) {
          expected[d] =
              norm(
                  layer.place().layer(),
                  reverse,
                  example.steps() - 1 - d,
                  architecture.stack().hidden(),
                  n -> loss(given, example, reverse, n));
        }
        assertNorms(expected, layer.norms().get(b), given + " " + layer.place());
      }
    }
  }

  /** Of the example, or of the step that the layer does last. */
  private static double loss(LabelerCase given, Example example, boolean reverse, Nudge nudge) {
    double[][] logits =
        new NaiveLabeler(
                given.architecture(),
                ModelCase.doubles(given.parameters()),
                DropoutMasks.NONE,
                nudge)
            .logits(example, 0, 1);
    int place = reverse ? 0 : logits.length - 1;
    return NaiveModel.crossEntropy(logits[place], example.targets()[place]);
  }

  /** Mean norm so many steps before the loss, over that at the loss. */
  private static double decay(Cell cell, double recurrentScale, double forgetBias) {
    int steps = 20;
    int hidden = 16;
    LanguageArchitecture architecture =
        new LanguageArchitecture(cell, VOCABULARY, 8, hidden, 1, 0, false);
    ParameterLayout layout = architecture.layout();
    float[] parameters = layout.initialParameters(1);
    ParameterLayout.Tensor recurrent = layout.tensor("rnn.weight_hh_l0");
    for (int x = 0; x < recurrent.size(); x++) {
      parameters[recurrent.offset() + x] *= (float) recurrentScale;
    }
    if (cell == Cell.LSTM) {
      int bias = layout.tensor("rnn.bias_ih_l0").offset();
      Arrays.fill(parameters, bias + hidden, bias + 2 * hidden, (float) forgetBias);
    } else {
      // Small inputs, so that tanh does not squash what the recurrent weights do.
      ParameterLayout.Tensor input = layout.tensor("rnn.weight_ih_l0");
      for (int x = 0; x < input.size(); x++) {
        parameters[input.offset() + x] *= 0.01f;
      }
    }
    List<int[]> sequences = List.of(tokens(30, 1), tokens(30, 2), tokens(30, 3));
    double first = 0;
    double last = 0;
    for (double[] norms :
        probe(parameters, steps).ofTexts(architecture, sequences).get(0).norms()) {
      first += norms[1];
      last += norms[steps];
    }
    return last / first;
  }

  @Test
  void smallRecurrentWeightsLetGradientsVanishAndLargeOnesExplode() {
    assertTrue(decay(Cell.RNN, 0.5, 0) < 1e-4);
    assertTrue(decay(Cell.RNN, 2.2, 0) > 2, "" + decay(Cell.RNN, 2.2, 0));
  }

  @Test
  void forgetGatesThatAreOpenKeepGradients() {
    double closed = decay(Cell.LSTM, 1, -1);
    double open = decay(Cell.LSTM, 1, 5);
    assertTrue(closed < 1e-4, "" + closed);
    assertTrue(open > 0.5, "" + open);
  }

  @Test
  void saturationCountsEachGateByItself() {
    LanguageArchitecture architecture =
        new LanguageArchitecture(Cell.LSTM, VOCABULARY, 2, 4, 1, 0, false);
    ParameterLayout layout = architecture.layout();
    float[] parameters = new float[layout.size()];
    int bias = layout.tensor("rnn.bias_ih_l0").offset();
    // i is closed, f open, g anything, and of the four o one is open.
    Arrays.fill(parameters, bias, bias + 4, -9f);
    Arrays.fill(parameters, bias + 4, bias + 8, 9f);
    Arrays.fill(parameters, bias + 8, bias + 12, 9f);
    parameters[bias + 12] = 9f;
    LayerGradients found =
        probe(parameters, 2).ofTexts(architecture, List.of(tokens(9, 1), tokens(4, 2))).get(0);
    assertEquals(
        List.of(
            new Saturation.Shares("i", 1, 0),
            new Saturation.Shares("f", 0, 1),
            new Saturation.Shares("o", 0, 0.25)),
        found.saturation().shares());
  }

  @Test
  void refusesToMeasureNothing() {
    LanguageArchitecture architecture =
        new LanguageArchitecture(Cell.RNN, VOCABULARY, 2, 2, 1, 0, false);
    GradientProbe probe = probe(new float[architecture.layout().size()], 1);
    assertThrows(IllegalArgumentException.class, () -> probe.ofTexts(architecture, List.of()));
  }
}
