package io.unroll.driver.dl4j.gru;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The reset before the product (Cho et al. 2014); a is x W + b:
 *
 * <pre>
 * r, z = σ(a_rz + h' RW_rz)    s = r*h'    n = tanh(a_n + s RW_n)    h = (1-z)*h' + z*n
 *
 * d_a_z = d_h * (n - h') * z(1-z)
 * d_a_n = d_h * z * (1-n²)         d_s = d_a_n RW_n^T
 * d_a_r = d_s * h' * r(1-r)
 * d_h'  = d_h*(1-z) + d_s*r + d_a_rz RW_rz^T
 * </pre>
 */
final class ResetBeforeSteps extends GruSteps {
  private final INDArray weightRz;
  private final INDArray weightN;

  /** (T·B, H): r*h'. */
  private final INDArray resets;

  /** (T·B, 3H): the gradient by x W + b, once there is one. */
  private INDArray gradients;

  ResetBeforeSteps(INDArray weight, INDArray inputs, INDArray start) {
    super(weight, inputs, start);
    this.weightRz = columns(weight, 0, 2);
    this.weightN = columns(weight, 2, 1);
    this.resets = zeros(time(), hidden);
    this.gradients = inputs;
  }

  @Override
  INDArray forward(int t, INDArray gates, INDArray before) {
    INDArray rz = columns(gates, 0, 2);
    rz.assign(Transforms.sigmoid(rz.add(before.mmul(weightRz)), false));
    INDArray s = rows(resets, t);
    s.assign(before.mul(columns(gates, 0, 1)));
    INDArray n = columns(gates, 2, 1);
    n.assign(Transforms.tanh(n.add(s.mmul(weightN)), false));
    return n.sub(before).muli(columns(gates, 1, 1)).addi(before);
  }

  @Override
  INDArray backward(int t, INDArray gates, INDArray before, INDArray gradient) {
    INDArray r = columns(gates, 0, 1).dup();
    INDArray z = columns(gates, 1, 1).dup();
    INDArray n = columns(gates, 2, 1).dup();
    INDArray byN = gradient.mul(z).muli(tanhSlope(n));
    INDArray byS = byN.mmul(weightN.transpose());
    columns(gates, 0, 1).assign(byS.mul(before).muli(sigmoidSlope(r)));
    columns(gates, 1, 1).assign(n.sub(before).muli(gradient).muli(sigmoidSlope(z)));
    columns(gates, 2, 1).assign(byN);
    INDArray byRz = columns(gates, 0, 2);
    return gradient.mul(z.rsub(1)).addi(byS.mul(r)).addi(byRz.mmul(weightRz.transpose()));
  }

  @Override
  void forget(int t) {
    rows(gradients, t).assign(0);
  }

  @Override
  void sharedGradients(INDArray weightGradient, INDArray biasGradient) {
    INDArray byRz = columns(gradients, 0, 2);
    INDArray byN = columns(gradients, 2, 1);
    columns(weightGradient, 0, 2).assign(before().transpose().mmul(byRz));
    columns(weightGradient, 2, 1).assign(resets.transpose().mmul(byN));
    biasGradient.assign(gradients.sum(true, 0));
  }
}
