package io.unroll.driver.dl4j;

import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.train.Clipping;
import io.unroll.worker.train.Constant;
import io.unroll.worker.train.LanePlan;
import io.unroll.worker.train.Objective;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/**
 * How a configuration of Deeplearning4j wants its network to be trained, as Unroll does it exactly:
 * the loss of a sequence as the mean of a minibatch, L2, the updater, truncated BPTT. What Unroll
 * would do otherwise is refused.
 */
final class TrainingMapping {
  /** Windows as long as the sequences. */
  private static final int WHOLE = Integer.MAX_VALUE;

  private final NetworkMapping network;
  private final UpdaterMapping updater;
  private final Objective objective;
  private final int window;
  private final MinibatchReader reader;

  private TrainingMapping(
      NetworkMapping network,
      UpdaterMapping updater,
      Objective objective,
      int window,
      MinibatchReader reader) {
    this.network = network;
    this.updater = updater;
    this.objective = objective;
    this.window = window;
    this.reader = reader;
  }

  /**
   * The mapping of a configuration.
   *
   * @throws UnmappableNetworkException if network or training have anything that Unroll does not do
   *     exactly, naming layer and option
   */
  static TrainingMapping of(MultiLayerConfiguration configuration) {
    NetworkMapping network = NetworkMapping.of(configuration);
    List<LayerCheck> checks =
        IntStream.range(0, configuration.getConfs().size())
            .mapToObj(k -> new LayerCheck(k, configuration.getConf(k).getLayer()))
            .toList();
    for (LayerCheck check : checks) {
      checkConfiguration(check, configuration.getConf(check.index()));
      checkLayer(check);
    }
    return new TrainingMapping(
        network,
        UpdaterMapping.of(checks, network),
        objective(checks, network),
        window(configuration),
        reader((RnnOutputLayer) checks.get(checks.size() - 1).layer(), network));
  }

  NetworkMapping network() {
    return network;
  }

  UpdaterMapping updater() {
    return updater;
  }

  /**
   * What lanes are told.
   *
   * @param batch most sequences of a minibatch
   * @param time steps of the longest minibatch
   */
  LanePlan plan(int batch, int time, long seed, long totalSteps) {
    return new LanePlan(
        network.architecture(),
        objective,
        updater.optimizer(),
        new Constant(updater.learningRate(), 0),
        Clipping.NONE,
        batch,
        Math.min(window, time),
        0,
        seed,
        totalSteps);
  }

  /** Reads the data sets of the network. */
  MinibatchReader reader() {
    return reader;
  }

  private static MinibatchReader reader(RnnOutputLayer output, NetworkMapping network) {
    RNNFormat format = output.getRnnDataFormat();
    return new MinibatchReader(
        network.architecture().vocabulary(),
        !network.oneHot(),
        output.getLossFn() instanceof LossSparseMCXENT,
        format == null ? RNNFormat.NCW : format);
  }

  /** Steps of truncated BPTT; more than any sequence has where it is not truncated. */
  int window() {
    return window;
  }

  /** Σ λ/2 ‖W‖², which Deeplearning4j adds to its score. */
  double penalty(float[] model) {
    ParameterLayout layout = LanguageModel.layout(network.architecture());
    double sum = 0;
    for (Map.Entry<String, Double> decay : objective.decay().entrySet()) {
      ParameterLayout.Tensor tensor = layout.tensor(decay.getKey());
      double squares = 0;
      for (int x = tensor.offset(); x < tensor.offset() + tensor.size(); x++) {
        squares += (double) model[x] * model[x];
      }
      sum += decay.getValue() / 2 * squares;
    }
    return sum;
  }

  private static int window(MultiLayerConfiguration configuration) {
    if (configuration.getBackpropType() != BackpropType.TruncatedBPTT) {
      return WHOLE;
    }
    int forward = configuration.getTbpttFwdLength();
    int backward = configuration.getTbpttBackLength();
    if (forward < 1 || forward != backward) {
      throw new UnmappableNetworkException(
          String.format(
              Locale.ROOT,
              "tBPTTBackwardLength is %d (expected %d, as tBPTTForwardLength is)",
              backward,
              forward));
    }
    return forward;
  }

  private static void checkConfiguration(LayerCheck check, NeuralNetConfiguration conf) {
    check.require(conf.isMiniBatch(), "miniBatch", conf.isMiniBatch(), "true");
    check.require(conf.isMinimize(), "minimize", conf.isMinimize(), "true");
    check.require(
        conf.getOptimizationAlgo() == OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT,
        "optimizationAlgo",
        conf.getOptimizationAlgo(),
        "STOCHASTIC_GRADIENT_DESCENT");
    check.require(conf.getStepFunction() == null, "stepFunction", conf.getStepFunction(), "none");
  }

  private static void checkLayer(LayerCheck check) {
    BaseLayer layer = (BaseLayer) check.layer();
    GradientNormalization normalization = layer.getGradientNormalization();
    check.require(
        normalization == null || normalization == GradientNormalization.None,
        "gradientNormalization",
        normalization,
        "None; Unroll clips by the norm of the whole gradient, which Deeplearning4j has not");
    check.require(layer.getWeightNoise() == null, "weightNoise", layer.getWeightNoise(), "none");
    boolean free = layer.getConstraints() == null || layer.getConstraints().isEmpty();
    check.require(free, "constraints", layer.getConstraints(), "none");
  }

  private static Objective objective(List<LayerCheck> checks, NetworkMapping network) {
    Map<String, Double> decay = new HashMap<>();
    Set<String> frozen = new HashSet<>();
    int first = network.oneHot() ? 0 : 1;
    if (network.oneHot()) {
      frozen.add("embedding.weight");
    } else {
      put(decay, weightDecay(checks.get(0)), "embedding.weight");
    }
    for (int layer = 0; layer < network.architecture().layers(); layer++) {
      LayerCheck check = checks.get(first + layer);
      put(decay, weightDecay(check), "rnn.weight_ih_l" + layer, "rnn.weight_hh_l" + layer);
      put(decay, biasDecay(check), "rnn.bias_ih_l" + layer);
      if (network.twoBiases()) {
        put(decay, biasDecay(check), "rnn.bias_hh_l" + layer);
      } else {
        frozen.add("rnn.bias_hh_l" + layer);
      }
    }
    LayerCheck output = checks.get(checks.size() - 1);
    put(decay, weightDecay(output), "output.weight");
    put(decay, biasDecay(output), "output.bias");
    return new Objective(Objective.Mean.SEQUENCES, decay, frozen);
  }

  private static void put(Map<String, Double> decay, double lambda, String... tensors) {
    for (String tensor : tensors) {
      if (lambda > 0) {
        decay.put(tensor, lambda);
      }
    }
  }

  private static double weightDecay(LayerCheck check) {
    return l2(check, "regularization", ((BaseLayer) check.layer()).getRegularization());
  }

  private static double biasDecay(LayerCheck check) {
    return l2(check, "regularizationBias", ((BaseLayer) check.layer()).getRegularizationBias());
  }

  private static double l2(LayerCheck check, String option, List<Regularization> all) {
    double sum = 0;
    for (Regularization one : all == null ? List.<Regularization>of() : all) {
      check.requireType(option, one, "L2Regularization", List.of(L2Regularization.class));
      double now = ((L2Regularization) one).getL2().valueAt(0, 0);
      double later = ((L2Regularization) one).getL2().valueAt(WHOLE, WHOLE);
      check.require(now == later, option, "L2 with a schedule", "a fixed L2");
      check.require(now >= 0, option, "L2 of " + now, "0 or more");
      sum += now;
    }
    return sum;
  }
}
