package io.unroll.driver.graph;

import io.unroll.driver.graph.OnnxGraph.Attribute;
import io.unroll.driver.graph.OnnxGraph.Element;
import java.util.List;

/** Nodes that know how many steps each sequence of a batch has. */
final class OnnxSteps {
  private final OnnxGraph graph;
  private final String lengths;
  private final String counts;

  /**
   * @param lengths int32 [batch]
   */
  OnnxSteps(OnnxGraph graph, String lengths) {
    this.graph = graph;
    this.lengths = lengths;
    this.counts = graph.node("Cast", List.of(lengths), Attribute.of("to", Element.INT64.code()));
  }

  /** Whether a step is one of its sequence: [time, batch]. */
  String inside(String values) {
    String shape = graph.node("Shape", List.of(values));
    String time = graph.node("Gather", List.of(shape, graph.scalar(0)));
    String steps = graph.node("Range", List.of(graph.scalar(0), time, graph.scalar(1)));
    String column = graph.node("Unsqueeze", List.of(steps, graph.integers(1)));
    return graph.node("Less", List.of(column, counts));
  }

  /**
   * The last step of what was read in the order of time, the first of what was read from the end:
   * [batch, numbers].
   *
   * @param said [time, batch, numbers]
   */
  String last(String said, OnnxStack stack) {
    String bySequence = graph.node("Transpose", List.of(said), Attribute.list("perm", 1, 0, 2));
    String ends = graph.node("Sub", List.of(counts, graph.scalar(1)));
    String last =
        graph.node(
            "GatherND",
            List.of(bySequence, graph.node("Unsqueeze", List.of(ends, graph.integers(1)))),
            Attribute.of("batch_dims", 1));
    if (!stack.isBidirectional()) {
      return last;
    }
    String first = graph.node("Gather", List.of(said, graph.scalar(0)));
    boolean[] readForward = stack.readForward();
    float[] share = new float[readForward.length];
    for (int column = 0; column < share.length; column++) {
      share[column] = readForward[column] ? 1 : 0;
    }
    String forward = graph.floats("read_forward", share, share.length);
    String chosen = graph.node("Greater", List.of(forward, graph.scalar(0f)));
    return graph.node("Where", List.of(chosen, last, first));
  }

  /** The mean over the steps of each sequence: [batch, numbers]. */
  String mean(String said) {
    String inside = graph.node("Unsqueeze", List.of(inside(said), graph.integers(2)));
    String own = graph.node("Where", List.of(inside, said, graph.scalar(0f)));
    String sum =
        graph.node("ReduceSum", List.of(own, graph.integers(0)), Attribute.of("keepdims", 0));
    String steps = graph.node("Cast", List.of(lengths), Attribute.of("to", Element.FLOAT.code()));
    return graph.node(
        "Div", List.of(sum, graph.node("Unsqueeze", List.of(steps, graph.integers(1)))));
  }

  /** The largest over the steps of each sequence: [batch, numbers]. */
  String max(String said) {
    String inside = graph.node("Unsqueeze", List.of(inside(said), graph.integers(2)));
    String own = graph.node("Where", List.of(inside, said, graph.scalar(Float.NEGATIVE_INFINITY)));
    return graph.node(
        "ReduceMax", List.of(own), Attribute.list("axes", 0), Attribute.of("keepdims", 0));
  }

  /** Each sequence from its end to its beginning. */
  String reversed(String said) {
    return graph.node(
        "ReverseSequence",
        List.of(said, counts),
        Attribute.of("time_axis", 0),
        Attribute.of("batch_axis", 1));
  }
}
