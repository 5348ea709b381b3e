package io.unroll.worker.layer;

import io.unroll.worker.math.Matrix;
import io.unroll.worker.parallel.Range;
import java.util.Arrays;

/**
 * {@link GateInputs} from a vector that a sequence reads in every step ({@link EveryStep}): its
 * product is taken once for each sequence of the source. Backwards the gradients by the gates are
 * summed over the steps, in the order of time, and the products are done with these sums.
 */
final class ConstantInputs implements GateInputs {
  private final Blueprint blueprint;
  private final Signal vector;
  private final Weight weight;

  /** (B, G): what each sequence of the source adds to the gates, then the sum of the gradients. */
  private final float[] sums;

  ConstantInputs(Blueprint blueprint, Signal vector, Weight weight) {
    this.blueprint = blueprint;
    this.vector = vector;
    this.weight = weight;
    this.sums = new float[Math.multiplyExact(vector.capacity().batch(), weight.outputs())];
  }

  @Override
  public void use(float[] parameters) {}

  @Override
  public void forward(Pass pass, float[] gates) {
    int batch = pass.sources().axis().batch();
    int size = weight.outputs();
    Arrays.fill(sums, 0, batch * size, 0f);
    blueprint
        .cores()
        .run(
            share -> {
              Range rows = share.rows(batch);
              Matrix x = vector.rows(batch).from(rows.from());
              Matrix y = Matrix.of(sums, size).from(rows.from());
              weight.addProduct(share.kernels(), rows.size(), x, y);
            });
    blueprint
        .cores()
        .run(
            share -> {
              Range rows = share.rows(pass.axis().rows());
              for (int row = rows.from(); row < rows.to(); row++) {
                int source = pass.sources().of(row % pass.axis().batch());
                share.kernels().add(size, sums, source * size, gates, row * size);
              }
            });
  }

  @Override
  public void backward(Pass pass, float[] dGates) {
    int batch = pass.axis().batch();
    int size = weight.outputs();
    Matrix dx = vector.gradients(batch);
    boolean first = vector.addsFirst();
    blueprint
        .cores()
        .run(
            share -> {
              Range rows = share.rows(batch);
              Arrays.fill(sums, rows.from() * size, rows.to() * size, 0f);
              for (int step = 0; step < pass.axis().time(); step++) {
                int from = rows.from() * size;
                int at = step * batch * size + from;
                share.kernels().add(rows.size() * size, dGates, at, sums, from);
              }
              Matrix dy = Matrix.of(sums, size).from(rows.from());
              weight.addInputGradient(
                  share.kernels(), rows.size(), dy, dx.from(rows.from()), first);
            });
  }

  @Override
  public void accumulate(Pass pass, float[] dGates, float[] gradient) {
    int batch = pass.axis().batch();
    weight.accumulate(batch, Matrix.of(sums, weight.outputs()), vector.rows(batch), gradient);
  }
}
