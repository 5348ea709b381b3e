package io.unroll.driver.dl4j.gru;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The reset after the product, as cuDNN and PyTorch have it; a is x W + b_ih:
 *
 * <pre>
 * q = h' RW + b_hh    r, z = σ(a_rz + q_rz)    n = tanh(a_n + r*q_n)    h = (1-z)*n + z*h'
 *
 * d_a_z = d_q_z = d_h * (h' - n) * z(1-z)
 * d_a_n = d_h * (1-z) * (1-n²)         d_q_n = d_a_n * r
 * d_a_r = d_q_r = d_a_n * q_n * r(1-r)
 * d_h'  = d_h*z + d_q RW^T
 * </pre>
 */
final class ResetAfterSteps extends GruSteps {
  /** (1, 3H): b_hh. */
  private final INDArray bias;

  /** (T·B, 3H): q, then the gradient by it. */
  private final INDArray recurrent;

  /** (T·B, 3H): the gradient by x W + b, once there is one. */
  private final INDArray gradients;

  ResetAfterSteps(INDArray weight, INDArray bias, INDArray inputs, INDArray start) {
    super(weight, inputs, start);
    this.bias = bias;
    this.recurrent = zeros(time(), 3 * hidden);
    this.gradients = inputs;
  }

  @Override
  INDArray forward(int t, INDArray gates, INDArray before) {
    INDArray q = rows(recurrent, t);
    q.assign(before.mmul(weight).addiRowVector(bias));
    INDArray rz = columns(gates, 0, 2);
    rz.assign(Transforms.sigmoid(rz.add(columns(q, 0, 2)), false));
    INDArray n = columns(gates, 2, 1);
    INDArray reset = columns(q, 2, 1).mul(columns(gates, 0, 1));
    n.assign(Transforms.tanh(n.add(reset), false));
    return before.sub(n).muli(columns(gates, 1, 1)).addi(n);
  }

  @Override
  INDArray backward(int t, INDArray gates, INDArray before, INDArray gradient) {
    INDArray q = rows(recurrent, t);
    INDArray r = columns(gates, 0, 1).dup();
    INDArray z = columns(gates, 1, 1).dup();
    INDArray n = columns(gates, 2, 1).dup();
    INDArray byN = gradient.mul(z.rsub(1)).muli(tanhSlope(n));
    columns(gates, 0, 1).assign(columns(q, 2, 1).mul(byN).muli(sigmoidSlope(r)));
    columns(gates, 1, 1).assign(before.sub(n).muli(gradient).muli(sigmoidSlope(z)));
    columns(gates, 2, 1).assign(byN);
    columns(q, 0, 2).assign(columns(gates, 0, 2));
    columns(q, 2, 1).assign(byN.mul(r));
    return gradient.mul(z).addi(q.mmul(weight.transpose()));
  }

  @Override
  void forget(int t) {
    rows(recurrent, t).assign(0);
  }

  @Override
  void sharedGradients(INDArray weightGradient, INDArray biasGradient) {
    weightGradient.assign(before().transpose().mmul(recurrent));
    columns(biasGradient, 0, 3).assign(gradients.sum(true, 0));
    columns(biasGradient, 3, 3).assign(recurrent.sum(true, 0));
  }
}
