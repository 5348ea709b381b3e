package io.unroll.driver.graph;

import io.unroll.driver.graph.OnnxGraph.Attribute;
import io.unroll.worker.layer.ParameterLayout.Tensor;
import io.unroll.worker.layer.SoftmaxOutput;
import java.util.List;

/** The nodes of the output layer: W x + b. */
final class OnnxOutput {
  private OnnxOutput() {}

  /**
   * Adds them.
   *
   * @param said x
   * @param tied the embedding that W is, [V, E]; empty if W is its own
   */
  static String logits(OnnxGraph graph, OnnxTensors tensors, String said, String tied) {
    Tensor bias = tensors.shape(SoftmaxOutput.BIAS);
    String b = graph.floats(SoftmaxOutput.BIAS, tensors.values(SoftmaxOutput.BIAS), bias.rows());
    String product = graph.node("MatMul", List.of(said, weight(graph, tensors, tied)));
    return graph.node("Add", List.of(product, b));
  }

  private static String weight(OnnxGraph graph, OnnxTensors tensors, String tied) {
    if (!tied.isEmpty()) {
      return graph.node("Transpose", List.of(tied), Attribute.list("perm", 1, 0));
    }
    Tensor weight = tensors.shape(SoftmaxOutput.WEIGHT);
    return graph.floats(
        SoftmaxOutput.WEIGHT,
        tensors.transposed(SoftmaxOutput.WEIGHT),
        weight.columns(),
        weight.rows());
  }
}
