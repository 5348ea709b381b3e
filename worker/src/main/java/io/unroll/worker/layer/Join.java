package io.unroll.worker.layer;

import io.unroll.worker.math.Matrix;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Range;
import java.util.Arrays;
import java.util.List;

/**
 * Several signals side by side: y(t, b) = [x1(t, b), x2(t, b), ...]. A part may be read from the
 * end of each sequence ({@link Reversal}), which puts what a reversed layer says of a step where
 * the step is.
 */
public final class Join implements Module {
  /**
   * One of the signals.
   *
   * @param reversed whether its step t is step n-1-t of a sequence of n steps; it adds nothing
   *     behind the end
   */
  public record Part(Signal signal, boolean reversed) {
    /** In the order of time. */
    public static Part of(Signal signal) {
      return new Part(signal, false);
    }

    /** In the opposite order. */
    public static Part reversed(Signal signal) {
      return new Part(signal, true);
    }

    private int row(Axis axis, int row) {
      return reversed ? Reversal.mirrored(axis, row / axis.batch(), row % axis.batch()) : row;
    }
  }

  private final Cores cores;
  private final List<Part> parts;
  private final Signal output;

  /** Allocates it. */
  public Join(Blueprint blueprint, List<Part> parts) {
    this.cores = blueprint.cores();
    this.parts = List.copyOf(parts);
    this.output = blueprint.signal(parts.stream().mapToInt(part -> part.signal().size()).sum());
  }

  /** y. */
  public Signal output() {
    return output;
  }

  @Override
  public void use(float[] parameters) {}

  @Override
  public void forward(Pass pass) {
    Axis axis = pass.axis();
    cores.run(
        share -> {
          int column = 0;
          for (Part part : parts) {
            copy(axis, share.rows(axis.rows()), part, column);
            column += part.signal().size();
          }
        });
  }

  private void copy(Axis axis, Range rows, Part part, int column) {
    int size = part.signal().size();
    Matrix x = part.signal().rows(axis.batch());
    Matrix y = output.rows(axis.batch()).fromColumn(column);
    for (int row = rows.from(); row < rows.to(); row++) {
      int from = part.row(axis, row);
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
    int column = 0;
    for (Part part : parts) {
      add(axis, part, column);
      column += part.signal().size();
    }
  }

  /** The mirror of a mirror is the row itself. */
  private void add(Axis axis, Part part, int column) {
    int size = part.signal().size();
    Matrix dx = part.signal().gradients(axis.batch());
    Matrix dy = output.gradients(axis.batch()).fromColumn(column);
    boolean first = part.signal().addsFirst();
    cores.run(
        share -> {
          Range rows = share.rows(axis.rows());
          for (int row = rows.from(); row < rows.to(); row++) {
            if (first) {
              Arrays.fill(dx.values(), dx.at(row), dx.at(row) + size, 0f);
            }
            int from = part.row(axis, row);
            if (from >= 0) {
              share.kernels().add(size, dy.values(), dy.at(from), dx.values(), dx.at(row));
            }
          }
        });
  }

  @Override
  public void accumulate(Pass pass, float[] gradient) {}
}
