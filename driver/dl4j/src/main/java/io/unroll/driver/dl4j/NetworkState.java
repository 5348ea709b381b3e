package io.unroll.driver.dl4j;

import io.unroll.driver.config.AveragingSettings;
import io.unroll.driver.round.MinibatchTraining;
import java.util.Arrays;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a network of Deeplearning4j remembers of its training, as Unroll has it, both ways. */
final class NetworkState {
  private final MultiLayerNetwork network;
  private final TrainingMapping mapping;

  NetworkState(MultiLayerNetwork network, TrainingMapping mapping) {
    this.network = network;
    this.mapping = mapping;
  }

  MultiLayerNetwork network() {
    return network;
  }

  /** Updates that it has seen. */
  int iterations() {
    return network.getLayerWiseConfigurations().getIterationCount();
  }

  /** That of its configuration: of dropout. */
  long seed() {
    return network.getLayerWiseConfigurations().getConf(0).getSeed();
  }

  /** Where the next epoch begins. */
  MinibatchTraining.State read(AveragingSettings averaging) {
    float[] parameters = mapping.network().toModel(floats(network.params()));
    return new MinibatchTraining.State(
        parameters,
        averaging.optimizerState() == AveragingSettings.OptimizerState.AVERAGE
            ? updaterState()
            : new float[0],
        new float[MinibatchTraining.outerStateSize(averaging, parameters.length)]);
  }

  private float[] updaterState() {
    INDArray state = network.getUpdater().getStateViewArray();
    UpdaterMapping updater = mapping.updater();
    // Before the first step Deeplearning4j may have none, or all zeros.
    if (state == null || iterations() == 0) {
      return updater.newState();
    }
    if (state.length() != updater.stateSize()) {
      throw new UnmappableNetworkException(
          String.format(
              Locale.ROOT,
              "its updater remembers %d numbers (expected %d)",
              state.length(),
              updater.stateSize()));
    }
    return updater.toModel(floats(state));
  }

  void putParameters(float[] model) {
    network.setParams(row(mapping.network().toNetwork(model)));
  }

  /** Tells the network how far it is. */
  void putRound(int iterations, double score) {
    network.getLayerWiseConfigurations().setIterationCount(iterations);
    network.setScore(score);
  }

  /** Puts the end of an epoch into the network. */
  void put(MinibatchTraining.State end) {
    putParameters(end.parameters());
    if (end.optimizerState().length > 0) {
      float[] state = mapping.updater().toNetwork(end.optimizerState());
      network.getUpdater().setStateViewArray(null, row(state), false);
    }
  }

  private static float[] floats(INDArray array) {
    float[] values = array.dup('c').data().asFloat();
    return Arrays.copyOf(values, Math.toIntExact(array.length()));
  }

  private static INDArray row(float[] values) {
    return Nd4j.createFromArray(values).reshape(1, values.length);
  }
}
