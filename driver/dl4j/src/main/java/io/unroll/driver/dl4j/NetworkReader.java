package io.unroll.driver.dl4j;

import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/** Reads the architecture out of a configuration, or refuses it. */
final class NetworkReader {
  private static final String RECURRENT = "LSTM, SimpleRnn or Gru";

  private final MultiLayerConfiguration configuration;
  private final List<LayerCheck> checks;
  private final boolean oneHot;

  private NetworkReader(MultiLayerConfiguration configuration) {
    this.configuration = configuration;
    this.checks =
        IntStream.range(0, configuration.getConfs().size())
            .mapToObj(k -> new LayerCheck(k, configuration.getConf(k).getLayer()))
            .toList();
    this.oneHot =
        checks.isEmpty() || checks.get(0).layer().getClass() != EmbeddingSequenceLayer.class;
  }

  /** What a configuration means for Unroll. */
  record Result(LanguageArchitecture architecture, boolean oneHot) {}

  static Result read(MultiLayerConfiguration configuration) {
    requireLayers(configuration);
    NetworkReader reader = new NetworkReader(configuration);
    LanguageArchitecture architecture = reader.architecture();
    try {
      LanguageModel.layout(architecture);
    } catch (ArithmeticException tooLarge) {
      throw new UnmappableNetworkException("it has 2^31 parameters or more");
    }
    return new Result(architecture, reader.oneHot);
  }

  /** Files may leave out anything. */
  private static void requireLayers(MultiLayerConfiguration configuration) {
    for (int k = 0; k < configuration.getConfs().size(); k++) {
      if (configuration.getConf(k) == null || configuration.getConf(k).getLayer() == null) {
        throw new UnmappableNetworkException(String.format(Locale.ROOT, "layer %d is missing", k));
      }
    }
  }

  private LanguageArchitecture architecture() {
    checkNetwork();
    if (!oneHot) {
      checkEmbedding(checks.get(0));
    }
    RecurrentKind kind = null;
    for (LayerCheck check : recurrent()) {
      kind = checkRecurrent(check, kind);
    }
    checkOutput(checks.get(checks.size() - 1));
    checkPreProcessors();
    checkFormats();
    checkSizes();
    int vocabulary = inputs(0);
    int embedding = oneHot ? vocabulary : outputs(0);
    int layers = recurrent().size();
    int hidden = outputs(checks.size() - 2);
    return new LanguageArchitecture(
        kind.cell(), vocabulary, embedding, hidden, layers, DropoutMapping.read(checks), false);
  }

  private void checkNetwork() {
    if (configuration.getDataType() != DataType.FLOAT) {
      throw new UnmappableNetworkException(
          "dataType is %s (expected FLOAT; MultiLayerNetwork.convertDataType makes such a network)"
              .formatted(configuration.getDataType()));
    }
    if (recurrent().isEmpty()) {
      throw new UnmappableNetworkException(
          String.format(
              Locale.ROOT,
              "it has %d layers (expected an EmbeddingSequenceLayer or none, one or more %s, RnnOutputLayer)",
              checks.size(),
              RECURRENT));
    }
  }

  private void checkPreProcessors() {
    configuration
        .getInputPreProcessors()
        .forEach(
            (index, processor) -> {
              if (processor != null) {
                throw checks
                    .get(index)
                    .refusal(
                        "inputPreProcessor is %s (expected none)"
                            .formatted(processor.getClass().getSimpleName()));
              }
            });
  }

  private List<LayerCheck> recurrent() {
    int first = oneHot ? 0 : 1;
    return first < checks.size() - 1 ? checks.subList(first, checks.size() - 1) : List.of();
  }

  private static void checkEmbedding(LayerCheck check) {
    EmbeddingSequenceLayer layer = (EmbeddingSequenceLayer) check.layer();
    check.require(!layer.hasBias(), "hasBias", layer.hasBias(), "false");
    check.requireType(
        "activation", layer.getActivationFn(), "identity", List.of(ActivationIdentity.class));
  }

  private static RecurrentKind checkRecurrent(LayerCheck check, RecurrentKind before) {
    String place = check.index() == 0 ? "EmbeddingSequenceLayer, " + RECURRENT : RECURRENT;
    RecurrentKind kind =
        RecurrentKind.of(check.layer())
            .orElseThrow(
                () ->
                    check.refusal(
                        "the type is %s (expected %s)"
                            .formatted(check.layer().getClass().getSimpleName(), place)));
    check.require(
        before == null || kind == before,
        "the type",
        check.layer().getClass().getSimpleName(),
        "that of the recurrent layers below");
    kind.checkAll(check, (BaseRecurrentLayer) check.layer());
    return kind;
  }

  private static void checkOutput(LayerCheck check) {
    check.requireType("the type", check.layer(), "RnnOutputLayer", List.of(RnnOutputLayer.class));
    RnnOutputLayer layer = (RnnOutputLayer) check.layer();
    check.requireType(
        "activation", layer.getActivationFn(), "softmax", List.of(ActivationSoftmax.class));
    check.requireType(
        "lossFunction",
        layer.getLossFn(),
        "MCXENT, SPARSE_MCXENT or NEGATIVELOGLIKELIHOOD",
        List.of(LossMCXENT.class, LossSparseMCXENT.class, LossNegativeLogLikelihood.class));
    boolean weighted = ((LossMCXENT) layer.getLossFn()).getWeights() != null;
    check.require(!weighted, "lossFunction", "one with weights", "one without");
    check.require(layer.hasBias(), "hasBias", layer.hasBias(), "true");
  }

  /** One format all through: only some of Deeplearning4j's passes turn arrays between layers. */
  private void checkFormats() {
    RNNFormat first = format(checks.get(0).layer());
    for (LayerCheck check : checks) {
      RNNFormat format = format(check.layer());
      check.require(format == first, "the data format", format, first + ", as layer 0 has");
    }
  }

  private static RNNFormat format(Layer layer) {
    RNNFormat format;
    if (layer instanceof EmbeddingSequenceLayer embedding) {
      format = embedding.getOutputFormat();
    } else if (layer instanceof RnnOutputLayer output) {
      format = output.getRnnDataFormat();
    } else {
      format = ((BaseRecurrentLayer) layer).getRnnDataFormat();
    }
    return format == null ? RNNFormat.NCW : format; // as Deeplearning4j takes it
  }

  private void checkSizes() {
    int hidden = outputs(checks.size() - 2);
    for (LayerCheck check : recurrent()) {
      check.require(
          outputs(check.index()) == hidden,
          "nOut",
          outputs(check.index()),
          hidden + ", as all recurrent layers have");
    }
    for (LayerCheck check : checks.subList(1, checks.size())) {
      int below = outputs(check.index() - 1);
      check.require(
          inputs(check.index()) == below,
          "nIn",
          inputs(check.index()),
          below + ", the nOut of the layer below");
    }
    int last = checks.size() - 1;
    checks
        .get(last)
        .require(
            outputs(last) == inputs(0),
            "nOut",
            outputs(last),
            inputs(0) + ", the nIn of layer 0: the vocabulary");
  }

  private int inputs(int index) {
    LayerCheck check = checks.get(index);
    return check.size("nIn", ((FeedForwardLayer) check.layer()).getNIn());
  }

  private int outputs(int index) {
    LayerCheck check = checks.get(index);
    return check.size("nOut", ((FeedForwardLayer) check.layer()).getNOut());
  }
}
