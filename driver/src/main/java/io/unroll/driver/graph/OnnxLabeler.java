package io.unroll.driver.graph;

import io.unroll.driver.graph.OnnxGraph.Attribute;
import io.unroll.driver.graph.OnnxGraph.Element;
import io.unroll.worker.layer.Embedding;
import io.unroll.worker.layer.Pooling;
import io.unroll.worker.layer.RecurrentTensors;
import io.unroll.worker.model.LabelerArchitecture;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import java.util.ArrayList;
import java.util.List;

/**
 * The graph of a model that gives labels.
 *
 * <pre>
 * tokens [time, batch] or values [time, batch, F]; lengths [batch]
 * logits [batch, K], or of a tagger [time, batch, K], where what is behind a sequence means nothing
 * </pre>
 */
final class OnnxLabeler {
  private final OnnxGraph graph = new OnnxGraph();
  private final LabelerArchitecture model;
  private final OnnxTensors tensors;

  OnnxLabeler(LabelerArchitecture model, OnnxTensors tensors) {
    this.model = model;
    this.tensors = tensors;
  }

  /** The file. */
  byte[] encoded() {
    String read = read();
    String lengths = graph.input("lengths", Element.INT32, "batch");
    var stack = new OnnxStack(graph, tensors, RecurrentTensors.STACK, model.stack());
    String said = stack.build(read, OnnxStack.Begin.zeros(lengths));
    String pooled = model.isPooled() ? pooled(said, lengths, stack.readForward()) : said;
    graph.rename(OnnxOutput.logits(graph, tensors, pooled, ""), "logits");
    if (model.isPooled()) {
      graph.output("logits", Element.FLOAT, "batch", model.labels());
    } else {
      graph.output("logits", Element.FLOAT, "time", "batch", model.labels());
    }
    return graph.encoded("labeler");
  }

  private String read() {
    if (!(model.source() instanceof Tokens tokens)) {
      return graph.input("values", Element.FLOAT, "time", "batch", model.vectorSize());
    }
    String ids = graph.input("tokens", Element.INT64, "time", "batch");
    String embedding =
        graph.floats(
            Embedding.TENSOR,
            tensors.values(Embedding.TENSOR),
            tokens.vocabulary(),
            tokens.embedding());
    return graph.node("Gather", List.of(embedding, ids));
  }

  private String pooled(String said, String lengths, boolean[] readForward) {
    String counts = graph.node("Cast", List.of(lengths), Attribute.of("to", Element.INT64.code()));
    String inside = inside(said, counts);
    List<String> ways = new ArrayList<>();
    for (Pooling way : model.pooling()) {
      ways.add(
          switch (way) {
            case LAST -> last(said, counts, readForward);
            case MEAN -> mean(said, lengths, inside);
            case MAX -> max(said, inside);
          });
    }
    return ways.size() == 1 ? ways.get(0) : graph.node("Concat", ways, Attribute.of("axis", 1));
  }

  /** Whether a step is one of its sequence: [time, batch, 1]. */
  private String inside(String said, String counts) {
    String shape = graph.node("Shape", List.of(said));
    String time = graph.node("Gather", List.of(shape, graph.scalar(0)));
    String steps = graph.node("Range", List.of(graph.scalar(0), time, graph.scalar(1)));
    String column = graph.node("Unsqueeze", List.of(steps, graph.integers(1)));
    String less = graph.node("Less", List.of(column, counts));
    return graph.node("Unsqueeze", List.of(less, graph.integers(2)));
  }

  /**
   * The last step of what was read in the order of time, the first of what was read from the end.
   */
  private String last(String said, String counts, boolean[] readForward) {
    String bySequence = graph.node("Transpose", List.of(said), Attribute.list("perm", 1, 0, 2));
    String ends = graph.node("Sub", List.of(counts, graph.scalar(1)));
    String last =
        graph.node(
            "GatherND",
            List.of(bySequence, graph.node("Unsqueeze", List.of(ends, graph.integers(1)))),
            Attribute.of("batch_dims", 1));
    if (!model.stack().bidirectional()) {
      return last;
    }
    String first = graph.node("Gather", List.of(said, graph.scalar(0)));
    float[] share = new float[readForward.length];
    for (int column = 0; column < share.length; column++) {
      share[column] = readForward[column] ? 1 : 0;
    }
    String forward = graph.floats("read_forward", share, share.length);
    String chosen = graph.node("Greater", List.of(forward, graph.scalar(0f)));
    return graph.node("Where", List.of(chosen, last, first));
  }

  private String mean(String said, String lengths, String inside) {
    String own = graph.node("Where", List.of(inside, said, graph.scalar(0f)));
    String sum =
        graph.node("ReduceSum", List.of(own, graph.integers(0)), Attribute.of("keepdims", 0));
    String counts = graph.node("Cast", List.of(lengths), Attribute.of("to", Element.FLOAT.code()));
    return graph.node(
        "Div", List.of(sum, graph.node("Unsqueeze", List.of(counts, graph.integers(1)))));
  }

  private String max(String said, String inside) {
    String own = graph.node("Where", List.of(inside, said, graph.scalar(Float.NEGATIVE_INFINITY)));
    return graph.node(
        "ReduceMax", List.of(own), Attribute.list("axes", 0), Attribute.of("keepdims", 0));
  }
}
