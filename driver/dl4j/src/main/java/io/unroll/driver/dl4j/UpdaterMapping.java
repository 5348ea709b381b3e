package io.unroll.driver.dl4j;

import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.train.Adam;
import io.unroll.worker.train.Momentum;
import io.unroll.worker.train.Optimizer;
import io.unroll.worker.train.RmsProp;
import io.unroll.worker.train.Sgd;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * An updater of Deeplearning4j as an optimiser of Unroll, with its state both ways, so that a
 * network goes on from where either of them left it.
 *
 * <pre>
 * Sgd         p ← p - η g
 * Nesterovs   theirs remembers v = -η u, where u is what ours does; η is fixed
 * RmsProp     the same formula, begun with v = ε instead of 0
 * Adam        {@link Adam.Epsilon#HAT}
 * </pre>
 */
final class UpdaterMapping {
  private final NetworkMapping network;
  private final IUpdater updater;
  private final Optimizer optimizer;

  private UpdaterMapping(NetworkMapping network, IUpdater updater, Optimizer optimizer) {
    this.network = network;
    this.updater = updater;
    this.optimizer = optimizer;
  }

  /**
   * The mapping of the updater that all layers share.
   *
   * @throws UnmappableNetworkException if they do not share one that Unroll does exactly
   */
  static UpdaterMapping of(List<LayerCheck> checks, NetworkMapping network) {
    IUpdater first = ((BaseLayer) checks.get(0).layer()).getIUpdater();
    for (LayerCheck check : checks) {
      BaseLayer layer = (BaseLayer) check.layer();
      check.require(
          first.equals(layer.getIUpdater()),
          "updater",
          layer.getIUpdater(),
          first + ", as layer 0 has");
      check.require(
          layer.getBiasUpdater() == null || first.equals(layer.getBiasUpdater()),
          "biasUpdater",
          layer.getBiasUpdater(),
          "none, or the updater of the weights");
    }
    return new UpdaterMapping(network, first, optimizer(checks.get(0), first));
  }

  private static Optimizer optimizer(LayerCheck check, IUpdater updater) {
    check.requireType(
        "updater",
        updater,
        "Sgd, Nesterovs, RmsProp or Adam",
        List.of(
            org.nd4j.linalg.learning.config.Sgd.class,
            Nesterovs.class,
            org.nd4j.linalg.learning.config.RmsProp.class,
            org.nd4j.linalg.learning.config.Adam.class));
    checkRate(check, updater);
    try {
      if (updater instanceof Nesterovs nesterovs) {
        check.require(
            nesterovs.getMomentumISchedule() == null,
            "momentumISchedule",
            nesterovs.getMomentumISchedule(),
            "a fixed momentum");
        return new Momentum(nesterovs.getMomentum(), true);
      }
      if (updater instanceof org.nd4j.linalg.learning.config.RmsProp rmsProp) {
        return new RmsProp(rmsProp.getRmsDecay(), rmsProp.getEpsilon());
      }
      if (updater instanceof org.nd4j.linalg.learning.config.Adam adam) {
        return new Adam(adam.getBeta1(), adam.getBeta2(), adam.getEpsilon(), Adam.Epsilon.HAT);
      }
      return new Sgd();
    } catch (UnmappableNetworkException refused) {
      throw refused;
    } catch (IllegalArgumentException outOfRange) {
      throw check.refusal("updater is %s: %s".formatted(updater, outOfRange.getMessage()));
    }
  }

  private static void checkRate(LayerCheck check, IUpdater updater) {
    double now = updater.getLearningRate(0, 0);
    double later = updater.getLearningRate(Integer.MAX_VALUE, Integer.MAX_VALUE);
    check.require(now == later, "updater", "one with a schedule", "a fixed learning rate");
    check.require(now > 0 && now < Double.POSITIVE_INFINITY, "learning rate", now, "> 0");
  }

  Optimizer optimizer() {
    return optimizer;
  }

  double learningRate() {
    return updater.getLearningRate(0, 0);
  }

  /** Numbers that Deeplearning4j remembers. */
  long stateSize() {
    return (long) optimizer.slots() * network.networkSize();
  }

  /** The state before the first step. */
  float[] newState() {
    float[] state = new float[optimizer.slots() * modelSize()];
    if (optimizer instanceof RmsProp rmsProp) {
      Arrays.fill(state, (float) rmsProp.epsilon());
    }
    return state;
  }

  /**
   * Deeplearning4j's state as ours.
   *
   * @param theirs as in {@code Updater.getStateViewArray()}, {@link #stateSize()} numbers
   */
  float[] toModel(float[] theirs) {
    int size = network.networkSize();
    float[] ours = newState();
    for (int slot = 0; slot < optimizer.slots(); slot++) {
      float[] part = Arrays.copyOfRange(theirs, slot * size, (slot + 1) * size);
      float[] mapped = network.toModel(scaled(part, 1 / factor()));
      int offset = slot * modelSize();
      LanguageModel.layout(network.architecture())
          .tensors()
          .forEach(
              tensor -> {
                if (!network.oneHot() || !tensor.name().equals("embedding.weight")) {
                  System.arraycopy(
                      mapped, tensor.offset(), ours, offset + tensor.offset(), tensor.size());
                }
              });
    }
    return ours;
  }

  /** Our state as Deeplearning4j's. */
  float[] toNetwork(float[] ours) {
    int size = network.networkSize();
    float[] theirs = new float[optimizer.slots() * size];
    for (int slot = 0; slot < optimizer.slots(); slot++) {
      float[] part = Arrays.copyOfRange(ours, slot * modelSize(), (slot + 1) * modelSize());
      // Of what is frozen, nothing is remembered on the other side.
      frozen(part);
      System.arraycopy(scaled(network.toNetwork(part), factor()), 0, theirs, slot * size, size);
    }
    return theirs;
  }

  /** Puts in the place of frozen tensors what maps to nothing: biases of 0, the identity. */
  private void frozen(float[] part) {
    int vocabulary = network.architecture().vocabulary();
    for (ParameterLayout.Tensor tensor : LanguageModel.layout(network.architecture()).tensors()) {
      boolean identity = network.oneHot() && tensor.name().equals("embedding.weight");
      boolean unused = !network.twoBiases() && tensor.name().startsWith("rnn.bias_hh_");
      if (identity || unused) {
        Arrays.fill(part, tensor.offset(), tensor.offset() + tensor.size(), 0f);
      }
      for (int v = 0; identity && v < vocabulary; v++) {
        part[tensor.offset() + v * vocabulary + v] = 1f;
      }
    }
  }

  private double factor() {
    return optimizer instanceof Momentum ? -learningRate() : 1;
  }

  private static float[] scaled(float[] values, double factor) {
    for (int x = 0; factor != 1 && x < values.length; x++) {
      values[x] = (float) (values[x] * factor);
    }
    return values;
  }

  private int modelSize() {
    return LanguageModel.layout(network.architecture()).size();
  }
}
