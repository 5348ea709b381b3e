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
  public void forward(Pass pass, float[] gates) {
    Axis axis = pass.axis();
    Matrix x = input.rows(axis.batch());
    Matrix y = Matrix.of(gates, linear.outputs());
    cores.run(
        share -> {
          Range rows = share.rows(input.rowsInUse(axis));
          int from = rows.from();
          linear.product(share.kernels(), rows.size(), x.from(from), y.from(from));
        });
  }

  @Override
  public void backward(Pass pass, float[] dGates) {
    Axis axis = pass.axis();
    Matrix dx = input.gradients(axis.batch());
    Matrix dy = Matrix.of(dGates, linear.outputs());
    boolean first = input.addsFirst();
    cores.run(
        share -> {
          Range rows = share.rows(input.rowsInUse(axis));
          int from = rows.from();
          linear.addInputGradient(
              share.kernels(), rows.size(), dy.from(from), dx.from(from), first);
        });
  }

  @Override
  public void accumulate(Pass pass, float[] dGates, float[] gradient) {
    Axis axis = pass.axis();
    linear.accumulate(input.rowsInUse(axis), dGates, input.rows(axis.batch()), gradient);
  }
}
