package io.unroll.bench.dl4j;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;

/** Deeplearning4j without Spark: {@link MultiLayerNetwork#fit} in one thread. */
final class PlainTrainer implements Trainer {
  private final MultiLayerNetwork network;
  private final List<DataSet> minibatches;
  private final Workload load;

  PlainTrainer(Workload load, List<DataSet> minibatches) {
    this.load = load;
    this.minibatches = minibatches;
    this.network = new MultiLayerNetwork(Networks.of(load));
    network.init();
  }

  @Override
  public long fit() {
    minibatches.forEach(network::fit);
    return (long) minibatches.size() * load.tokensPerMinibatch();
  }

  @Override
  public long warmUp() {
    network.fit(minibatches.get(0));
    return load.tokensPerMinibatch();
  }

  @Override
  public double loss() {
    return network.score() / load.steps();
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("trainer", "MultiLayerNetwork");
  }

  @Override
  public void close() {
    network.close();
  }
}
