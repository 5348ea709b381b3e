package io.unroll.worker.layer;

import io.unroll.worker.math.Matrix;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Range;

/**
 * {@link GateInputs} from a second signal: each sum goes on from what the gates hold, as if the
 * inputs were one wide one.
 */
final class AddedInputs implements GateInputs {
  private final Cores cores;
  private final Signal input;
  private final Weight weight;

  AddedInputs(Cores cores, Signal input, Weight weight) {
    this.cores = cores;
    this.input = input;
    this.weight = weight;
  }

  @Override
  public void use(float[] parameters) {}

  @Override
  public void forward(Pass pass, float[] gates) {
    Matrix x = input.rows(pass.axis().batch());
    Matrix y = Matrix.of(gates, weight.outputs());
    cores.run(
        share -> {
          Range rows = share.rows(input.rowsInUse(pass.axis()));
          int from = rows.from();
          weight.addProduct(share.kernels(), rows.size(), x.from(from), y.from(from));
        });
  }

  @Override
  public void backward(Pass pass, float[] dGates) {
    Matrix dx = input.gradients(pass.axis().batch());
    Matrix dy = Matrix.of(dGates, weight.outputs());
    boolean first = input.addsFirst();
    cores.run(
        share -> {
          Range rows = share.rows(input.rowsInUse(pass.axis()));
          int from = rows.from();
          weight.addInputGradient(
              share.kernels(), rows.size(), dy.from(from), dx.from(from), first);
        });
  }

  @Override
  public void accumulate(Pass pass, float[] dGates, float[] gradient) {
    Matrix dy = Matrix.of(dGates, weight.outputs());
    weight.accumulate(input.rowsInUse(pass.axis()), dy, input.rows(pass.axis().batch()), gradient);
  }
}
