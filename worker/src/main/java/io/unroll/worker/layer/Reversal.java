package io.unroll.worker.layer;

import io.unroll.worker.math.Matrix;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Range;
import java.util.Arrays;

/**
 * Each sequence from its own end to its beginning: y(t, b) = x(n-1-t, b) for t below the length n
 * of sequence b, and 0 behind it. What the reversed layer of a bidirectional one reads (Schuster
 * and Paliwal 1997).
 */
public final class Reversal implements Module {
  private final Cores cores;
  private final Signal input;
  private final Signal output;

  /** Allocates it. */
  public Reversal(Blueprint blueprint, Signal input) {
    this.cores = blueprint.cores();
    this.input = input;
    this.output = blueprint.signal(input.size());
  }

  /** y. */
  public Signal output() {
    return output;
  }

  /** Row of the step that stands where step t does when sequence b is read from its end, or -1. */
  static int mirrored(Axis axis, int t, int b) {
    int step = axis.length(b) - 1 - t;
    return step < 0 ? -1 : step * axis.batch() + b;
  }

  @Override
  public void use(float[] parameters) {}

  @Override
  public void forward(Pass pass) {
    Axis axis = pass.axis();
    cores.run(share -> copy(axis, share.rows(axis.rows())));
  }

  private void copy(Axis axis, Range rows) {
    int size = input.size();
    Matrix x = input.rows(axis.batch());
    Matrix y = output.rows(axis.batch());
    for (int row = rows.from(); row < rows.to(); row++) {
      int from = mirrored(axis, row / axis.batch(), row % axis.batch());
      if (from < 0) {
        Arrays.fill(y.values(), y.at(row), y.at(row) + size, 0f);
      } else {
        System.arraycopy(x.values(), x.at(from), y.values(), y.at(row), size);
      }
    }
  }

  @Override
  public void backward(Pass pass) {
    Axis axis = pass.axis();
    int size = input.size();
    Matrix dx = input.gradients(axis.batch());
    Matrix dy = output.gradients(axis.batch());
    boolean first = input.addsFirst();
    cores.run(
        share -> {
          Range rows = share.rows(axis.rows());
          for (int row = rows.from(); row < rows.to(); row++) {
            if (first) {
              Arrays.fill(dx.values(), dx.at(row), dx.at(row) + size, 0f);
            }
            int from = mirrored(axis, row / axis.batch(), row % axis.batch());
            if (from >= 0) {
              share.kernels().add(size, dy.values(), dy.at(from), dx.values(), dx.at(row));
            }
          }
        });
  }

  @Override
  public void accumulate(Pass pass, float[] gradient) {}
}
