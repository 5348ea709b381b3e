package io.unroll.driver.graph;

import io.unroll.driver.graph.OnnxGraph.Attribute;
import io.unroll.driver.graph.OnnxGraph.Element;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.Stack;
import io.unroll.worker.model.TensorNames;
import java.util.List;
import java.util.Optional;

/**
 * The graph of what an encoder-decoder reads, and of the state that it begins to write from.
 *
 * <pre>
 * tokens [time, batch] or values [time, batch, F]; lengths [batch]
 * h_0 and c_0 [layers, batch, H]; memory [time, batch, M] and keys [time, batch, A] for attention,
 * summary [batch, M] where the decoder reads it in every step
 * </pre>
 */
final class OnnxEncoder {
  private final OnnxGraph graph = new OnnxGraph();
  private final EncoderDecoderArchitecture model;
  private final OnnxTensors tensors;

  OnnxEncoder(EncoderDecoderArchitecture model, OnnxTensors tensors) {
    this.model = model;
    this.tensors = tensors;
  }

  /** The file. */
  byte[] encoded() {
    String read = read();
    String lengths = graph.input("lengths", Element.INT32, "batch");
    var steps = new OnnxSteps(graph, lengths);
    if (model.reader().reversed()) {
      read = steps.reversed(read);
    }
    String memory = read;
    String summary;
    Optional<Stack> layers = model.reader().stack();
    if (layers.isPresent()) {
      var stack = new OnnxStack(graph, tensors, TensorNames.ENCODER, layers.get());
      memory = stack.build(read, OnnxStack.Begin.zeros(lengths));
      summary = steps.last(memory, stack);
    } else {
      summary = steps.mean(memory);
    }
    begin(summary);
    if (model.attends()) {
      output(memory, "memory", "time", "batch", model.reader().outputs());
      String keys = OnnxDense.of(graph, tensors, TensorNames.KEYS, memory);
      output(keys, "keys", "time", "batch", model.attending().size());
    }
    if (model.summary().isReadInEveryStep()) {
      output(summary, "summary", "batch", model.reader().outputs());
    }
    return graph.encoded("encoder");
  }

  private String read() {
    if (model.vectorSize() > 0) {
      String values = graph.input("values", Element.FLOAT, "time", "batch", model.vectorSize());
      return OnnxDense.of(graph, tensors, TensorNames.PROJECTION, values);
    }
    String ids = graph.input("tokens", Element.INT64, "time", "batch");
    return graph.node("Gather", List.of(tensors.matrix(graph, TensorNames.READ), ids));
  }

  /** What the decoder's layers begin from. */
  private void begin(String summary) {
    Stack writer = model.writer().stack();
    int states = writer.cell().states();
    if (!model.summary().starts()) {
      String batch =
          graph.node(
              "Slice",
              List.of(graph.node("Shape", List.of(summary)), graph.integers(0), graph.integers(1)));
      String shape =
          graph.node(
              "Concat",
              List.of(graph.integers(writer.layers()), batch, graph.integers(writer.hidden())),
              Attribute.of("axis", 0));
      String zeros = graph.node("ConstantOfShape", List.of(shape));
      state(zeros, "h_0");
      if (writer.cell() == Cell.LSTM) {
        state(zeros, "c_0");
      }
      return;
    }
    String sums = OnnxDense.of(graph, tensors, TensorNames.BRIDGE, summary);
    String told = graph.node("Tanh", List.of(sums));
    String blocks =
        graph.node(
            "Reshape", List.of(told, graph.integers(-1, writer.layers(), states, writer.hidden())));
    String byState = graph.node("Transpose", List.of(blocks), Attribute.list("perm", 2, 1, 0, 3));
    state(graph.node("Gather", List.of(byState, graph.scalar(0))), "h_0");
    if (writer.cell() == Cell.LSTM) {
      state(graph.node("Gather", List.of(byState, graph.scalar(1))), "c_0");
    }
  }

  private void state(String value, String name) {
    Stack writer = model.writer().stack();
    output(value, name, writer.layers(), "batch", writer.hidden());
  }

  private void output(String value, String name, Object... shape) {
    graph.rename(value, name);
    graph.output(name, Element.FLOAT, shape);
  }
}
