package io.unroll.worker.layer;

import io.unroll.worker.math.Matrix;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Range;

/**
 * The vectors of an {@link Embedding} as a signal: y(t, b) = the row of token (t, b). For whoever
 * needs them step by step; a recurrent layer that reads tokens only does less ({@link
 * TokenInputs}).
 */
public final class Lookup implements Module {
  private final Cores cores;
  private final Embedding embedding;
  private final Signal output;

  /** Allocates it. */
  public Lookup(Blueprint blueprint, Embedding embedding) {
    this.cores = blueprint.cores();
    this.embedding = embedding;
    this.output = blueprint.signal(embedding.size());
  }

  /** (T, B, E). */
  public Signal output() {
    return output;
  }

  @Override
  public void use(float[] parameters) {}

  @Override
  public void forward(Pass pass) {
    int size = embedding.size();
    int[] slots = embedding.slots();
    Matrix y = output.rows(pass.axis().batch());
    cores.run(
        share -> {
          Range rows = share.rows(pass.axis().rows());
          for (int x = rows.from(); x < rows.to(); x++) {
            System.arraycopy(embedding.values(), slots[x] * size, y.values(), y.at(x), size);
          }
        });
  }

  /** Sums over the places of each token in the order of time; each core takes some columns. */
  @Override
  public void backward(Pass pass) {
    int size = embedding.size();
    int[] slots = embedding.slots();
    Matrix dy = output.gradients(pass.axis().batch());
    float[] dx = embedding.gradient();
    cores.run(
        share -> {
          Range columns = share.elements(size);
          int from = columns.from();
          for (int x = 0; x < pass.axis().rows(); x++) {
            int to = slots[x] * size + from;
            share.kernels().add(columns.size(), dy.values(), dy.at(x) + from, dx, to);
          }
        });
  }

  @Override
  public void accumulate(Pass pass, float[] gradient) {}
}
