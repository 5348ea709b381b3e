package io.unroll.driver.graph;

import io.unroll.driver.graph.OnnxGraph.Attribute;
import io.unroll.driver.graph.OnnxGraph.Element;
import io.unroll.worker.layer.Embedding;
import io.unroll.worker.layer.Pooling;
import io.unroll.worker.layer.RecurrentTensors;
import io.unroll.worker.model.LabelerArchitecture;
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
    String pooled = model.isPooled() ? pooled(said, lengths, stack) : said;
    graph.rename(OnnxOutput.logits(graph, tensors, pooled, ""), "logits");
    if (model.isPooled()) {
      graph.output("logits", Element.FLOAT, "batch", model.labels());
    } else {
      graph.output("logits", Element.FLOAT, "time", "batch", model.labels());
    }
    return graph.encoded("labeler");
  }

  private String read() {
    if (model.vectorSize() > 0) {
      return graph.input("values", Element.FLOAT, "time", "batch", model.vectorSize());
    }
    String ids = graph.input("tokens", Element.INT64, "time", "batch");
    return graph.node("Gather", List.of(tensors.matrix(graph, Embedding.TENSOR), ids));
  }

  private String pooled(String said, String lengths, OnnxStack stack) {
    var steps = new OnnxSteps(graph, lengths);
    List<String> ways = new ArrayList<>();
    for (Pooling way : model.pooling()) {
      ways.add(
          switch (way) {
            case LAST -> steps.last(said, stack);
            case MEAN -> steps.mean(said);
            case MAX -> steps.max(said);
          });
    }
    return ways.size() == 1 ? ways.get(0) : graph.node("Concat", ways, Attribute.of("axis", 1));
  }
}
