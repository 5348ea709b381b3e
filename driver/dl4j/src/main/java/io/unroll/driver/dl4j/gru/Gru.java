package io.unroll.driver.dl4j.gru;

import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Configuration of a GRU layer, in either form. Gates in the order r, z, n; σ for r and z, tanh for
 * n, and nothing else. Parameters: W (nIn, 3H), RW (H, 3H) and b, see {@link GruParamInitializer}.
 */
public class Gru extends BaseRecurrentLayer {
  private static final long serialVersionUID = 1L;

  /** Where the reset gate is. */
  public enum Reset {
    /** n = tanh(W_n x + b_n + (r*h') RW_n), h = (1-z)*h' + z*n: Cho et al. 2014. */
    BEFORE_PRODUCT,
    /** n = tanh(W_n x + b_n + r*(h' RW_n + c_n)), h = (1-z)*n + z*h': cuDNN's and PyTorch's. */
    AFTER_PRODUCT
  }

  @JsonProperty private Reset reset;

  /** For the reader of JSON. */
  @SuppressWarnings("unused")
  private Gru() {}

  private Gru(Builder builder) {
    super(builder);
    this.reset = builder.reset;
    initializeConstraints(builder);
  }

  /** Where the reset gate is. */
  public Reset reset() {
    return reset;
  }

  /** Biases of a unit: one for each gate, or two. */
  int biases() {
    return reset == Reset.AFTER_PRODUCT ? 6 : 3;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the activation is another than tanh
   */
  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    LayerValidation.assertNInNOutSet("Gru", getLayerName(), index, getNIn(), getNOut());
    if (!(getActivationFn() instanceof ActivationTanH)) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "Invalid activation of Gru layer %d (name %s): %s (expected tanh)",
              index,
              getLayerName(),
              getActivationFn()));
    }
    GruLayer layer = new GruLayer(configuration, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(configuration, parameters, initialize));
    layer.setConf(configuration);
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return GruParamInitializer.INSTANCE;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    InputType output = getOutputType(-1, input);
    long parameters = initializer().numParams(this);
    long activations = output.arrayElementsPerExample();
    return new LayerMemoryReport.Builder(getLayerName(), Gru.class, input, output)
        .standardMemory(parameters, getIUpdater().stateSize(parameters))
        .workingMemory(0, 4 * activations, 0, 8 * activations)
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Gru gru && reset == gru.reset && super.equals(other);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), reset);
  }

  /** Builds the configuration; by default the reset is after the product. */
  @SuppressWarnings("unchecked") // Deeplearning4j's builders are raw here
  public static final class Builder extends BaseRecurrentLayer.Builder<Builder> {
    private Reset reset = Reset.AFTER_PRODUCT;

    /** With tanh, whatever the network's default is. */
    public Builder() {
      setActivationFn(new ActivationTanH());
    }

    /** Where the reset gate is. */
    public Builder reset(Reset place) {
      this.reset = place;
      return this;
    }

    @Override
    public Gru build() {
      return new Gru(this);
    }
  }
}
