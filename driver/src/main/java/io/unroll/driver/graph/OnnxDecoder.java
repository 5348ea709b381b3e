package io.unroll.driver.graph;

import io.unroll.driver.graph.OnnxGraph.Attribute;
import io.unroll.driver.graph.OnnxGraph.Element;
import io.unroll.worker.layer.Attention;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.ContextGate;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.Stack;
import io.unroll.worker.model.TensorNames;
import java.util.ArrayList;
import java.util.List;

/**
 * The graph of one step of what an encoder-decoder writes. Each row is about the source of its
 * column of memory, keys and lengths.
 *
 * <pre>
 * tokens [batch], h_in and c_in [layers, batch, H], and what the encoder says: memory, keys,
 * lengths, summary
 * logits [batch, V], h_out and c_out; attention [time, batch]
 * </pre>
 */
final class OnnxDecoder {
  private final OnnxGraph graph = new OnnxGraph();
  private final EncoderDecoderArchitecture model;
  private final OnnxTensors tensors;

  OnnxDecoder(EncoderDecoderArchitecture model, OnnxTensors tensors) {
    this.model = model;
    this.tensors = tensors;
  }

  /** The file. */
  byte[] encoded() {
    EncoderDecoderArchitecture.Writer writer = model.writer();
    Stack layers = writer.stack();
    boolean lstm = layers.cell() == Cell.LSTM;
    String tokens = graph.input("tokens", Element.INT64, "batch");
    String h = state("h_in");
    String c = lstm ? state("c_in") : "";
    String embedding = tensors.matrix(graph, TensorNames.WRITTEN);
    List<String> read = new ArrayList<>();
    read.add(graph.node("Gather", List.of(embedding, tokens)));
    if (model.summary().isReadInEveryStep()) {
      read.add(graph.input("summary", Element.FLOAT, "batch", model.reader().outputs()));
    }
    if (model.attends()) {
      read.add(found(h));
    }
    var stack = new OnnxStack(graph, tensors, TensorNames.DECODER, layers);
    String step = graph.node("Unsqueeze", List.of(joined(read), graph.integers(0)));
    String said = stack.build(step, OnnxStack.Begin.carried(h, c));
    read.add(0, graph.node("Squeeze", List.of(said, graph.integers(0))));
    String sums = OnnxDense.of(graph, tensors, TensorNames.READOUT, joined(read));
    String readout = graph.node("Tanh", List.of(sums));
    String logits =
        OnnxOutput.logits(graph, tensors, readout, writer.tieWeights() ? embedding : "");
    output(logits, "logits", "batch", writer.vocabulary());
    output(stack.h(), "h_out", layers.layers(), "batch", layers.hidden());
    if (lstm) {
      output(stack.c(), "c_out", layers.layers(), "batch", layers.hidden());
    }
    return graph.encoded("decoder");
  }

  private String joined(List<String> parts) {
    return parts.size() == 1 ? parts.get(0) : graph.node("Concat", parts, Attribute.of("axis", -1));
  }

  private String state(String name) {
    Stack layers = model.writer().stack();
    return graph.input(name, Element.FLOAT, layers.layers(), "batch", layers.hidden());
  }

  private void output(String value, String name, Object... shape) {
    graph.rename(value, name);
    graph.output(name, Element.FLOAT, shape);
  }

  /**
   * What attention finds by the first layer's state before the step: see {@link Attention}.
   *
   * @param state [layers, batch, H]
   */
  private String found(String state) {
    int numbers = model.reader().outputs();
    int size = model.attending().size();
    String memory = graph.input("memory", Element.FLOAT, "time", "batch", numbers);
    String keys = graph.input("keys", Element.FLOAT, "time", "batch", size);
    String lengths = graph.input("lengths", Element.INT32, "batch");
    String h = graph.node("Gather", List.of(state, graph.scalar(0)));
    String query = OnnxDense.product(graph, tensors, Attention.QUERY, h);
    String squashed = graph.node("Tanh", List.of(graph.node("Add", List.of(keys, query))));
    String v = graph.floats(Attention.ENERGY, tensors.values(Attention.ENERGY), size);
    String energies = graph.node("MatMul", List.of(squashed, v));
    String inside = new OnnxSteps(graph, lengths).inside(keys);
    String own =
        graph.node("Where", List.of(inside, energies, graph.scalar(Float.NEGATIVE_INFINITY)));
    String weights = graph.node("Softmax", List.of(own), Attribute.of("axis", 0));
    output(weights, "attention", "time", "batch");
    String weighted =
        graph.node(
            "Mul", List.of(graph.node("Unsqueeze", List.of(weights, graph.integers(2))), memory));
    String sum =
        graph.node("ReduceSum", List.of(weighted, graph.integers(0)), Attribute.of("keepdims", 0));
    return model.attending().options().gated() ? gated(sum, h) : sum;
  }

  private String gated(String sum, String h) {
    String open = graph.node("Sigmoid", List.of(OnnxDense.of(graph, tensors, ContextGate.NAME, h)));
    return graph.node("Mul", List.of(sum, open));
  }
}
