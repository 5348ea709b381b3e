package io.unroll.driver.dl4j.gru;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.BaseRecurrentLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The GRU layer at work. In truncated BPTT the state is carried from window to window, the gradient
 * is cut between them, and the first step of a window adds to the recurrent weight's gradient as
 * every other one does. Where a mask is 0, output and state are 0.
 *
 * <p>Letters: T steps, B sequences, H hidden units. Arrays are (B, size, T), or (B, T, size) if the
 * configuration says NWC.
 */
final class GruLayer extends BaseRecurrentLayer<Gru> {
  private static final long serialVersionUID = 1L;
  private static final String STATE = "prevAct";

  /**
   * The state that the last forward pass began with; null for zeros. Deeplearning4j asks for {@link
   * #backpropGradient} after a pass from a stored state as well.
   */
  private transient INDArray start;

  GruLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    start = null;
    return output(forward(null, training, workspaces), workspaces);
  }

  @Override
  public INDArray rnnTimeStep(INDArray input, LayerWorkspaceMgr workspaces) {
    setInput(input, workspaces);
    GruSteps steps = forward(stateMap.get(STATE), false, workspaces);
    keep(steps, stateMap);
    return output(steps, workspaces);
  }

  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray input, boolean training, boolean store, LayerWorkspaceMgr workspaces) {
    setInput(input, workspaces);
    start = tBpttStateMap.get(STATE);
    GruSteps steps = forward(start, training, workspaces);
    if (store) {
      keep(steps, tBpttStateMap);
    }
    return output(steps, workspaces);
  }

  @Override
  public void rnnClearPreviousState() {
    super.rnnClearPreviousState();
    start = null;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    return backward(forward(start, true, workspaces), epsilon, 0, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int length, LayerWorkspaceMgr workspaces) {
    GruSteps steps = forward(start, true, workspaces);
    int first = length > 0 ? Math.max(0, steps.time() - length) : 0;
    return backward(steps, epsilon, first, workspaces);
  }

  private GruSteps forward(INDArray from, boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    INDArray x = inputRows(from);
    INDArray weight = parameter(GruParamInitializer.WEIGHT, training, workspaces);
    INDArray recurrent = parameter(GruParamInitializer.RECURRENT_WEIGHT, training, workspaces);
    INDArray bias = parameter(GruParamInitializer.BIAS, training, workspaces);
    long hidden = recurrent.size(0);
    INDArray state = from;
    if (state == null) {
      state = Nd4j.zeros(weight.dataType(), input.size(0), hidden);
    }
    INDArray gates = x.mmul(weight).addiRowVector(part(bias, 0, 3 * hidden)).dup('c');
    GruSteps steps =
        layerConf().reset() == Gru.Reset.AFTER_PRODUCT
            ? new ResetAfterSteps(recurrent, part(bias, 3 * hidden, 6 * hidden), gates, state)
            : new ResetBeforeSteps(recurrent, gates, state);
    steps.forward(mask());
    return steps;
  }

  private Pair<Gradient, INDArray> backward(
      GruSteps steps, INDArray epsilon, int first, LayerWorkspaceMgr workspaces) {
    INDArray byOutput = rows(permuteIfNWC(epsilon.castTo(dataType)));
    INDArray byGates = steps.backward(byOutput, first, mask());
    Map<String, INDArray> views = gradientViews;
    views.get(GruParamInitializer.WEIGHT).assign(inputRows(null).transpose().mmul(byGates));
    steps.sharedGradients(
        views.get(GruParamInitializer.RECURRENT_WEIGHT), views.get(GruParamInitializer.BIAS));
    INDArray weight = parameter(GruParamInitializer.WEIGHT, true, workspaces);
    INDArray byInput = byGates.mmul(weight.transpose());
    weightNoiseParams.clear();
    INDArray below =
        backpropDropOutIfPresent(array(byInput, ArrayType.ACTIVATION_GRAD, workspaces));
    return new Pair<>(gradient(views), below);
  }

  private Gradient gradient(Map<String, INDArray> views) {
    Gradient gradient = new DefaultGradient(gradientsFlattened);
    for (String key : layerConf().initializer().paramKeys(layerConf())) {
      gradient.gradientForVariable().put(key, views.get(key));
    }
    return gradient;
  }

  private INDArray parameter(String key, boolean training, LayerWorkspaceMgr workspaces) {
    return getParamWithNoise(key, training, workspaces);
  }

  private INDArray mask() {
    return maskArray == null ? null : maskArray.castTo(dataType);
  }

  private static INDArray part(INDArray bias, long from, long to) {
    return bias.get(NDArrayIndex.interval(0, 0, true), NDArrayIndex.interval(from, to));
  }

  /** The input, (T·B, nIn), once it is of the right shape. */
  private INDArray inputRows(INDArray from) {
    if (input.rank() != 3) {
      throw misshapen("rank 3");
    }
    INDArray x = permuteIfNWC(input.castTo(dataType));
    if (x.size(1) != layerConf().getNIn()) {
      throw misshapen(String.format(Locale.ROOT, "%d numbers in each step", layerConf().getNIn()));
    }
    if (from != null && from.size(0) != x.size(0)) {
      throw misshapen(
          String.format(
              Locale.ROOT,
              "%d sequences, as in the steps before; rnnClearPreviousState begins anew",
              from.size(0)));
    }
    return rows(x);
  }

  private IllegalStateException misshapen(String expected) {
    return new IllegalStateException(
        String.format(
            Locale.ROOT,
            "Cannot run Gru layer %d (name %s) on an input of shape %s (expected %s)",
            index,
            layerConf().getLayerName(),
            Arrays.toString(input.shape()),
            expected));
  }

  /** (B, size, T) to (T·B, size). */
  private static INDArray rows(INDArray array) {
    long rows = array.size(2) * array.size(0);
    return array.permute(2, 0, 1).dup('c').reshape('c', rows, array.size(1));
  }

  private INDArray output(GruSteps steps, LayerWorkspaceMgr workspaces) {
    return array(steps.outputs(), ArrayType.ACTIVATIONS, workspaces);
  }

  /** (T·B, size) to (B, size, T), or to (B, T, size). */
  private INDArray array(INDArray rows, ArrayType type, LayerWorkspaceMgr workspaces) {
    long batch = input.size(0);
    INDArray array =
        rows.dup('c').reshape('c', rows.size(0) / batch, batch, rows.size(1)).permute(1, 2, 0);
    return permuteIfNWC(workspaces.dup(type, array, 'f'));
  }

  private static void keep(GruSteps steps, Map<String, INDArray> states) {
    states.put(STATE, steps.last().dup().detach());
  }

  @Override
  public Type type() {
    return Type.RECURRENT;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
