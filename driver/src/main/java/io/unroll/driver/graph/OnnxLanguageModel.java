package io.unroll.driver.graph;

import io.unroll.driver.graph.OnnxGraph.Element;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.layer.Embedding;
import io.unroll.worker.layer.RecurrentTensors;
import io.unroll.worker.model.LanguageArchitecture;
import java.util.List;

/**
 * The graph of a language model, which serves a step as well as a sequence.
 *
 * <pre>
 * tokens [time, batch], h_in and c_in [layers, batch, H]
 * logits [time, batch, V], h_out and c_out [layers, batch, H]
 * </pre>
 */
final class OnnxLanguageModel {
  private final OnnxGraph graph = new OnnxGraph();
  private final LanguageArchitecture model;
  private final OnnxTensors tensors;

  OnnxLanguageModel(LanguageArchitecture model, OnnxTensors tensors) {
    this.model = model;
    this.tensors = tensors;
  }

  /** The file. */
  byte[] encoded() {
    boolean lstm = model.cell() == Cell.LSTM;
    String tokens = graph.input("tokens", Element.INT64, "time", "batch");
    String h = state("h_in");
    String c = lstm ? state("c_in") : "";
    String embedding = tensors.matrix(graph, Embedding.TENSOR);
    String read = graph.node("Gather", List.of(embedding, tokens));
    var stack = new OnnxStack(graph, tensors, RecurrentTensors.STACK, model.stack());
    String said = stack.build(read, OnnxStack.Begin.carried(h, c));
    graph.rename(
        OnnxOutput.logits(graph, tensors, said, model.tieWeights() ? embedding : ""), "logits");
    graph.output("logits", Element.FLOAT, "time", "batch", model.vocabulary());
    end(stack.h(), "h_out");
    if (lstm) {
      end(stack.c(), "c_out");
    }
    return graph.encoded("language-model");
  }

  private String state(String name) {
    return graph.input(name, Element.FLOAT, model.layers(), "batch", model.hidden());
  }

  private void end(String value, String name) {
    graph.rename(value, name);
    graph.output(name, Element.FLOAT, model.layers(), "batch", model.hidden());
  }
}
