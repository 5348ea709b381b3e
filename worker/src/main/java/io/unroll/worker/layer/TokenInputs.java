package io.unroll.worker.layer;

import io.unroll.worker.math.Matrix;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Range;
import io.unroll.worker.parallel.Share;
import java.util.Arrays;

/**
 * {@link GateInputs} from tokens: x W_ih^T + bias depends on the token alone, so it is computed
 * once for each distinct token of a window and copied to where the token stands. Backwards the
 * gradients by the gates are summed over the places of a token, in the order of time, and the
 * products are done with these sums. A window of 2500 characters has 60 or so distinct ones, which
 * saves the first layer's input products almost entirely; one of 700 words has half as many.
 */
final class TokenInputs implements GateInputs {
  private final Cores cores;
  private final Embedding embedding;
  private final Linear linear;

  /** (slots, G): gate inputs of each token. */
  private final float[] table;

  /** (slots, G): sums of the gradients by them; only training needs it. */
  private float[] sums = new float[0];

  TokenInputs(Blueprint blueprint, Embedding embedding, Linear linear) {
    this.cores = blueprint.cores();
    this.embedding = embedding;
    this.linear = linear;
    this.table = new float[Math.multiplyExact(embedding.capacity(), linear.outputs())];
  }

  @Override
  public void use(float[] parameters) {
    linear.use(parameters);
  }

  @Override
  public void forward(Pass pass, float[] gates) {
    Axis axis = pass.axis();
    extend();
    int size = linear.outputs();
    int[] slots = embedding.slots();
    cores.run(
        share -> {
          Range rows = share.rows(axis.rows());
          for (int x = rows.from(); x < rows.to(); x++) {
            System.arraycopy(table, slots[x] * size, gates, x * size, size);
          }
        });
  }

  /** Computes the rows of tokens that are new. */
  private void extend() {
    int first = embedding.firstNew();
    int added = embedding.count() - first;
    if (added == 0) {
      return;
    }
    cores.run(
        share -> {
          Range rows = share.rows(added);
          int from = first + rows.from();
          Matrix x = Matrix.of(embedding.values(), embedding.size()).from(from);
          Matrix y = Matrix.of(table, linear.outputs()).from(from);
          linear.product(share.kernels(), rows.size(), x, y);
        });
  }

  @Override
  public void backward(Pass pass, float[] dGates) {
    Axis axis = pass.axis();
    if (sums.length == 0) {
      sums = new float[table.length];
    }
    cores.run(share -> sum(share, axis.rows(), dGates));
    cores.run(
        share -> {
          Range rows = share.rows(embedding.count());
          Matrix dy = Matrix.of(sums, linear.outputs()).from(rows.from());
          Matrix dx = Matrix.of(embedding.gradient(), embedding.size()).from(rows.from());
          linear.addInputGradient(share.kernels(), rows.size(), dy, dx, false);
        });
  }

  /** Sums some columns over the places of each token. */
  private void sum(Share share, int rows, float[] dGates) {
    int size = linear.outputs();
    Range columns = share.elements(size);
    int from = columns.from();
    for (int s = 0; s < embedding.count(); s++) {
      Arrays.fill(sums, s * size + from, s * size + columns.to(), 0f);
    }
    int[] slots = embedding.slots();
    for (int x = 0; x < rows; x++) {
      share.kernels().add(columns.size(), dGates, x * size + from, sums, slots[x] * size + from);
    }
  }

  @Override
  public void accumulate(Pass pass, float[] dGates, float[] gradient) {
    Matrix x = Matrix.of(embedding.values(), embedding.size());
    linear.accumulate(embedding.count(), sums, x, gradient);
  }
}
