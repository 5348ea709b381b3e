package io.unroll.worker.layer;

import io.unroll.worker.math.Matrix;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Range;

/** {@link GateInputs} from a signal. */
final class SignalInputs implements GateInputs {
  private final Cores cores;
  private final Signal input;
  private final Linear linear;

  SignalInputs(Cores cores, Signal input, Linear linear) {
    this.cores = cores;
    this.input = input;
    this.linear = linear;
  }

  @Override
  public void use(float[] parameters) {
    linear.use(parameters);
  }

  @Override
  public void forward(Axis axis, float[] gates) {
    Matrix x = input.rows(axis.batch());
    Matrix y = Matrix.of(gates, linear.outputs());
    cores.run(
        share -> {
          Range rows = share.rows(axis.rows());
          int from = rows.from();
          linear.product(share.kernels(), rows.size(), x.from(from), y.from(from));
        });
  }

  @Override
  public void backward(Axis axis, float[] dGates) {
    Matrix dx = input.gradients(axis.batch());
    Matrix dy = Matrix.of(dGates, linear.outputs());
    boolean first = input.addsFirst();
    cores.run(
        share -> {
          Range rows = share.rows(axis.rows());
          int from = rows.from();
          linear.addInputGradient(
              share.kernels(), rows.size(), dy.from(from), dx.from(from), first);
        });
  }

  @Override
  public void accumulate(Axis axis, float[] dGates, float[] gradient) {
    linear.accumulate(axis.rows(), dGates, input.rows(axis.batch()), gradient);
  }
}
