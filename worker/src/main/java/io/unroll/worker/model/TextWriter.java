package io.unroll.worker.model;

import io.unroll.worker.layer.Attention;
import io.unroll.worker.layer.Blueprint;
import io.unroll.worker.layer.Dense;
import io.unroll.worker.layer.Embedding;
import io.unroll.worker.layer.EveryStep;
import io.unroll.worker.layer.InitialValues;
import io.unroll.worker.layer.LayerInput;
import io.unroll.worker.layer.Lookup;
import io.unroll.worker.layer.ParameterLayout;
import io.unroll.worker.layer.RecurrentLayer;
import io.unroll.worker.layer.RecurrentTensors;
import io.unroll.worker.layer.Signal;
import io.unroll.worker.layer.SoftmaxOutput;
import io.unroll.worker.layer.Start;
import io.unroll.worker.parallel.Cores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The decoder of an {@link EncoderDecoder}:
 *
 * <pre>
 * h(t) = cell([y(t-1), s, c(t)], h(t-1))      s the summary, c what attention found by h(t-1)
 * o(t) = tanh(W_o [h(t), y(t-1), s, c(t)] + b_o)
 * p(t) = softmax(W o(t) + b)                  W the embedding of y, if they are tied
 * </pre>
 *
 * <p>The output layer reads as Bahdanau, Cho and Bengio's (2015, appendix A.2.2) does, with tanh in
 * place of maxout. Summary and attention are there as the architecture has them; further layers
 * read the one below.
 */
final class TextWriter {
  private static final double EMBEDDING_BOUND = 0.1;

  /** Numbers of the connections that drop, beyond those of the encoder. */
  private static final int CONNECTIONS = 1 << 10;

  private final EncoderDecoderArchitecture architecture;
  private final SourceReader reader;
  private final Network network;
  private final Optional<Attention> attention;

  static void declare(ParameterLayout.Builder layout, EncoderDecoderArchitecture architecture) {
    EncoderDecoderArchitecture.Writer writer = architecture.writer();
    Stack stack = writer.stack();
    int embedding = writer.embedding();
    Embedding.declare(
        layout,
        TensorNames.WRITTEN,
        writer.vocabulary(),
        embedding,
        InitialValues.uniform(EMBEDDING_BOUND));
    if (architecture.attends()) {
      EncoderDecoderArchitecture.Attending attending = architecture.attending();
      Attention.declare(layout, stack.hidden(), attending.size(), attending.options());
    }
    int told = told(architecture);
    for (int layer = 0; layer < stack.layers(); layer++) {
      RecurrentLayer.declare(
          layout,
          stack.cell(),
          new RecurrentTensors(TensorNames.DECODER, layer, false),
          layer == 0 ? embedding + told : stack.hidden(),
          stack.hidden());
    }
    Dense.declare(layout, TensorNames.READOUT, stack.hidden() + embedding + told, embedding);
    SoftmaxOutput.declare(layout, writer.vocabulary(), embedding, writer.tieWeights());
  }

  /** Numbers that are read of the source in every step. */
  private static int told(EncoderDecoderArchitecture architecture) {
    int outputs = architecture.reader().outputs();
    return (architecture.summary().isReadInEveryStep() ? outputs : 0)
        + (architecture.attends() ? outputs : 0);
  }

  TextWriter(
      EncoderDecoderArchitecture architecture,
      ParameterLayout layout,
      SourceReader reader,
      int maxTime,
      int maxBatch,
      Cores cores) {
    EncoderDecoderArchitecture.Writer writer = architecture.writer();
    int widest = writer.stack().hidden() + writer.embedding() + told(architecture);
    this.architecture = architecture;
    this.reader = reader;
    this.network = new Network(layout, widest, maxTime, maxBatch, cores);
    this.attention =
        architecture.attends() ? Optional.of(attention(network.blueprint())) : Optional.empty();
    Signal written = written(writer);
    Signal said = said(written);
    network.end(
        writer.tieWeights() ? TensorNames.WRITTEN : SoftmaxOutput.WEIGHT,
        architecture.labelSmoothing(),
        readout(said, written));
  }

  private Attention attention(Blueprint blueprint) {
    Attention.Options options = architecture.attending().options();
    return new Attention(blueprint, reader.keys(), reader.memory(), options);
  }

  /** The vectors of the tokens before. */
  private Signal written(EncoderDecoderArchitecture.Writer writer) {
    Blueprint blueprint = network.blueprint();
    Embedding embedding = network.addEmbedding(TensorNames.WRITTEN, writer.tieWeights());
    Signal vectors = network.add(new Lookup(blueprint, embedding)).output();
    Dropouts dropout = architecture.dropout();
    return dropout.input() == 0
        ? vectors
        : network.add(dropout.module(blueprint, CONNECTIONS, dropout.input(), vectors)).output();
  }

  private Signal said(Signal written) {
    Blueprint blueprint = network.blueprint();
    Stack stack = architecture.writer().stack();
    List<LayerInput> inputs = new ArrayList<>(List.of(written));
    if (architecture.summary().isReadInEveryStep()) {
      inputs.add(new EveryStep(reader.summary()));
    }
    attention.ifPresent(inputs::add);
    Signal said = null;
    for (int layer = 0; layer < stack.layers(); layer++) {
      RecurrentTensors tensors = new RecurrentTensors(TensorNames.DECODER, layer, false);
      said =
          dropped(
              layer + 1,
              network
                  .add(
                      new RecurrentLayer(
                          blueprint, stack.cell(), tensors, start(stack, layer), inputs))
                  .output());
      inputs = List.of(said);
    }
    return said;
  }

  private Start start(Stack stack, int layer) {
    int offset = layer * stack.cell().states() * stack.hidden();
    return reader
        .start()
        .<Start>map(vector -> new Start.Bridged(vector, offset, stack.hidden()))
        .orElseGet(() -> new Start.Carried(offset));
  }

  private Signal dropped(int connection, Signal signal) {
    Dropouts dropout = architecture.dropout();
    return dropout.layers() == 0
        ? signal
        : network
            .add(
                dropout.module(
                    network.blueprint(), CONNECTIONS + connection, dropout.layers(), signal))
            .output();
  }

  private Signal readout(Signal said, Signal written) {
    List<LayerInput> inputs = new ArrayList<>(List.of(said, written));
    if (architecture.summary().isReadInEveryStep()) {
      inputs.add(new EveryStep(reader.summary()));
    }
    attention.ifPresent(attends -> inputs.add(attends.context()));
    Dense dense = network.add(Dense.tanh(network.blueprint(), TensorNames.READOUT, inputs));
    return dropped(architecture.writer().stack().layers() + 1, dense.output());
  }

  Network network() {
    return network;
  }

  /** The weights of attention in step 0 of a row, over so many steps; none where there are none. */
  float[] weights(int row, int steps) {
    float[] weights = new float[attention.isPresent() ? steps : 0];
    attention.ifPresent(attends -> attends.copyWeights(row, steps, weights, 0));
    return weights;
  }
}
