package io.unroll.driver.graph;

import java.util.List;

/** The nodes of W x + b. */
final class OnnxDense {
  private OnnxDense() {}

  /**
   * Adds them.
   *
   * @param name of the layer, whose tensors are NAME.weight and NAME.bias
   * @param read x, whose last axis it is
   */
  static String of(OnnxGraph graph, OnnxTensors tensors, String name, String read) {
    String bias = name + ".bias";
    String b = graph.floats(bias, tensors.values(bias), tensors.shape(bias).rows());
    return graph.node("Add", List.of(product(graph, tensors, name + ".weight", read), b));
  }

  /** Adds the nodes of W x. */
  static String product(OnnxGraph graph, OnnxTensors tensors, String weight, String read) {
    int outputs = tensors.shape(weight).rows();
    int inputs = tensors.shape(weight).columns();
    String w = graph.floats(weight, tensors.transposed(weight), inputs, outputs);
    return graph.node("MatMul", List.of(read, w));
  }
}
