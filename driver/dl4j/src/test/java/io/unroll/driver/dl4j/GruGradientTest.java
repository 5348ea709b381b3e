package io.unroll.driver.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.unroll.worker.data.Window;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.DropoutMasks;
import io.unroll.worker.layer.Gradient;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.math.PlainKernels;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The GRU layer's gradients are the worker's, in every window of truncated BPTT. */
class GruGradientTest {
  private static final int BATCH = 3;
  private static final int STEPS = 5;
  private static final int WINDOWS = 3;

  @ParameterizedTest
  @ValueSource(strings = {"gru", "gru-reset-after"})
  void areTheWorkersInEveryWindow(String cell) {
    LanguageArchitecture architecture =
        new LanguageArchitecture(Cell.of(cell), 7, 4, 5, 2, 0, false);
    NetworkMapping mapping = NetworkMapping.of(architecture);
    float[] parameters = Probabilities.parameters(mapping.networkSize(), 1);
    LanguageModel model =
        new LanguageModel(architecture, STEPS, BATCH, Cores.one(new PlainKernels()));
    model.use(mapping.toModel(parameters));
    MultiLayerNetwork network = network(mapping.configuration(), parameters);
    float[] state = new float[architecture.stateSize() * BATCH];
    Gradient gradient = new Gradient(new float[mapping.modelSize()]);
    int[][] tokens = Probabilities.tokens(WINDOWS * STEPS + 1, BATCH, 7, 2);
    for (int window = 0; window < WINDOWS; window++) {
      int[][] inputs = slice(tokens, window * STEPS);
      int[][] targets = slice(tokens, window * STEPS + 1);
      model.lossAndGradient(window(inputs, targets), state, DropoutMasks.NONE, gradient);
      float[] theirs = mapping.toModel(gradient(network, inputs, targets));
      assertSame(model.layout(), gradient.values(), theirs, cell, "window " + window);
    }
  }

  private static MultiLayerNetwork network(
      MultiLayerConfiguration configuration, float[] parameters) {
    configuration.setBackpropType(BackpropType.TruncatedBPTT);
    configuration.setTbpttFwdLength(STEPS);
    configuration.setTbpttBackLength(STEPS);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init(Nd4j.create(parameters, 1, parameters.length), false);
    return network;
  }

  /** Deeplearning4j sums over all predictions; divided by their number it is ours. */
  private static float[] gradient(MultiLayerNetwork network, int[][] inputs, int[][] targets) {
    network.setInput(Probabilities.input(network, false, inputs));
    network.setLabels(oneHot(targets));
    network.computeGradientAndScore();
    network.updateRnnStateWithTBPTTState();
    return network.getFlattenedGradients().div(BATCH * STEPS).toFloatVector();
  }

  private static INDArray oneHot(int[][] targets) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, BATCH, 7, STEPS);
    for (int t = 0; t < STEPS; t++) {
      for (int b = 0; b < BATCH; b++) {
        labels.putScalar(b, targets[t][b], t, 1);
      }
    }
    return labels;
  }

  private static int[][] slice(int[][] tokens, int from) {
    return Arrays.copyOfRange(tokens, from, from + STEPS);
  }

  private static Window window(int[][] inputs, int[][] targets) {
    Window window = new Window(STEPS, BATCH);
    window.begin(STEPS, BATCH, false);
    for (int t = 0; t < STEPS; t++) {
      System.arraycopy(inputs[t], 0, window.inputs(), t * BATCH, BATCH);
      System.arraycopy(targets[t], 0, window.targets(), t * BATCH, BATCH);
    }
    return window;
  }

  private static void assertSame(
      ParameterLayout layout, float[] ours, float[] theirs, String cell, String window) {
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      boolean oneBias = cell.equals("gru") && tensor.name().contains("bias_hh");
      for (int k = tensor.offset(); !oneBias && k < tensor.offset() + tensor.size(); k++) {
        assertEquals(ours[k], theirs[k], 1e-5, window + ", " + tensor.name());
      }
    }
  }
}
