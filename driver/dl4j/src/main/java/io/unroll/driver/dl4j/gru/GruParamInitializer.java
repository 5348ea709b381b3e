package io.unroll.driver.dl4j.gru;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.params.LSTMParamInitializer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Where the parameters of a {@link Gru} lie in the row of all: W (nIn, 3H) and RW (H, 3H), both by
 * columns, then b: (1, 3H) where the reset is before the product, added to the gates; (1, 6H) where
 * it is after, b_ih of the input's part and b_hh of the state's.
 */
final class GruParamInitializer implements ParamInitializer {
  static final GruParamInitializer INSTANCE = new GruParamInitializer();

  static final String WEIGHT = DefaultParamInitializer.WEIGHT_KEY;
  static final String RECURRENT_WEIGHT = LSTMParamInitializer.RECURRENT_WEIGHT_KEY;
  static final String BIAS = DefaultParamInitializer.BIAS_KEY;

  private GruParamInitializer() {}

  @Override
  public long numParams(NeuralNetConfiguration configuration) {
    return numParams(configuration.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    Gru gru = (Gru) layer;
    return gru.getNOut() * (3 * (gru.getNIn() + gru.getNOut()) + gru.biases());
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return List.of(WEIGHT, RECURRENT_WEIGHT, BIAS);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of(WEIGHT, RECURRENT_WEIGHT);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return List.of(BIAS);
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return WEIGHT.equals(key) || RECURRENT_WEIGHT.equals(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return BIAS.equals(key);
  }

  /** Fans as Deeplearning4j's LSTM has them; biases are those of the configuration. */
  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration configuration, INDArray parameters, boolean initialize) {
    Gru gru = (Gru) configuration.getLayer();
    paramKeys(gru).forEach(configuration::addVariable);
    Map<String, INDArray> views = views(gru, parameters);
    if (initialize) {
      IWeightInit own = gru.getWeightInitFnRecurrent();
      IWeightInit recurrent = own == null ? gru.getWeightInitFn() : own;
      initialize(gru.getWeightInitFn(), gru, views.get(WEIGHT));
      initialize(recurrent, gru, views.get(RECURRENT_WEIGHT));
      views.get(BIAS).assign(gru.getBiasInit());
    }
    return views;
  }

  private static void initialize(IWeightInit initialization, Gru gru, INDArray view) {
    long hidden = gru.getNOut();
    initialization.init(
        (double) hidden,
        (double) (gru.getNIn() + hidden),
        view.shape(),
        IWeightInit.DEFAULT_WEIGHT_INIT_ORDER,
        view.reshape(IWeightInit.DEFAULT_WEIGHT_INIT_ORDER, 1, view.length()));
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration configuration, INDArray gradient) {
    return views((Gru) configuration.getLayer(), gradient);
  }

  private Map<String, INDArray> views(Gru gru, INDArray flat) {
    if (flat.length() != numParams(gru)) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "Cannot use %d parameters: layer %s has %d",
              flat.length(),
              gru.getLayerName(),
              numParams(gru)));
    }
    long hidden = gru.getNOut();
    long input = gru.getNIn() * 3 * hidden;
    long recurrent = hidden * 3 * hidden;
    Map<String, INDArray> views = new LinkedHashMap<>();
    views.put(WEIGHT, slice(flat, 0, input).reshape('f', gru.getNIn(), 3 * hidden));
    views.put(RECURRENT_WEIGHT, slice(flat, input, recurrent).reshape('f', hidden, 3 * hidden));
    views.put(BIAS, slice(flat, input + recurrent, gru.biases() * hidden));
    return views;
  }

  private static INDArray slice(INDArray flat, long from, long size) {
    return flat.get(NDArrayIndex.interval(0, 0, true), NDArrayIndex.interval(from, from + size));
  }
}
