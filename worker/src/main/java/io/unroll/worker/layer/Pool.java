package io.unroll.worker.layer;

import io.unroll.worker.math.Matrix;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Range;
import java.util.Arrays;
import java.util.List;

/**
 * One vector for each sequence: y(b) = [p1(x(., b)), p2(x(., b)), ...] over the steps that the
 * sequence has; padding is not read.
 *
 * <p>Letters: B sequences, D numbers of a step, n steps of a sequence, K ways of pooling.
 */
public final class Pool implements Module {
  private final Cores cores;
  private final Signal input;
  private final int hidden;
  private final int width;
  private final List<Pooling> ways;
  private final Signal output;

  /** (B, D): the step that had the largest value. */
  private final int[] largest;

  /**
   * Allocates it.
   *
   * @param hidden of each width columns, the first so many come from a layer that reads in the
   *     order of time, the others from one that reads from the end
   * @param ways at least one
   */
  public Pool(Blueprint blueprint, Signal input, int hidden, int width, List<Pooling> ways) {
    int batch = blueprint.capacity().batch();
    this.cores = blueprint.cores();
    this.input = input;
    this.hidden = hidden;
    this.width = width;
    this.ways = List.copyOf(ways);
    this.output = blueprint.signal(new Axis(1, batch), ways.size() * input.size());
    this.largest = new int[batch * input.size()];
  }

  /** (1, B, K·D). */
  public Signal output() {
    return output;
  }

  @Override
  public void use(float[] parameters) {}

  @Override
  public void forward(Pass pass) {
    Axis axis = pass.axis();
    int size = input.size();
    Matrix y = output.rows(axis.batch());
    cores.run(
        share -> {
          Range sequences = share.pieces(axis.batch());
          for (int b = sequences.from(); b < sequences.to(); b++) {
            for (int k = 0; k < ways.size(); k++) {
              pool(ways.get(k), axis, b, y.values(), y.at(b) + k * size);
            }
          }
        });
  }

  private void pool(Pooling way, Axis axis, int b, float[] y, int to) {
    Matrix x = input.rows(axis.batch());
    int steps = axis.length(b);
    switch (way) {
      case LAST -> {
        int last = x.at((steps - 1) * axis.batch() + b);
        for (int j = 0; j < input.size(); j++) {
          y[to + j] = x.values()[(readsForward(j) ? last : x.at(b)) + j];
        }
      }
      case MEAN -> {
        System.arraycopy(x.values(), x.at(b), y, to, input.size());
        for (int t = 1; t < steps; t++) {
          int from = x.at(t * axis.batch() + b);
          for (int j = 0; j < input.size(); j++) {
            y[to + j] += x.values()[from + j];
          }
        }
        for (int j = 0; j < input.size(); j++) {
          y[to + j] /= steps;
        }
      }
      case MAX -> findLargest(axis, b, y, to);
    }
  }

  private boolean readsForward(int column) {
    return column % width < hidden;
  }

  private void findLargest(Axis axis, int b, float[] y, int to) {
    Matrix x = input.rows(axis.batch());
    int size = input.size();
    Arrays.fill(largest, b * size, (b + 1) * size, 0);
    System.arraycopy(x.values(), x.at(b), y, to, size);
    for (int t = 1; t < axis.length(b); t++) {
      int from = x.at(t * axis.batch() + b);
      for (int j = 0; j < size; j++) {
        // Also where either is no number: it must be seen in the loss.
        if (!(x.values()[from + j] <= y[to + j])) {
          y[to + j] = x.values()[from + j];
          largest[b * size + j] = t;
        }
      }
    }
  }

  @Override
  public void backward(Pass pass) {
    Axis axis = pass.axis();
    Matrix dx = input.gradients(axis.batch());
    Matrix dy = output.gradients(axis.batch());
    int size = input.size();
    boolean first = input.addsFirst();
    cores.run(
        share -> {
          Range sequences = share.pieces(axis.batch());
          for (int b = sequences.from(); b < sequences.to(); b++) {
            for (int t = 0; first && t < axis.time(); t++) {
              int row = dx.at(t * axis.batch() + b);
              Arrays.fill(dx.values(), row, row + size, 0f);
            }
            for (int k = 0; k < ways.size(); k++) {
              add(ways.get(k), axis, b, dy.values(), dy.at(b) + k * size);
            }
          }
        });
  }

  private void add(Pooling way, Axis axis, int b, float[] dy, int from) {
    Matrix dx = input.gradients(axis.batch());
    int size = input.size();
    int steps = axis.length(b);
    switch (way) {
      case LAST -> {
        int last = dx.at((steps - 1) * axis.batch() + b);
        for (int j = 0; j < size; j++) {
          dx.values()[(readsForward(j) ? last : dx.at(b)) + j] += dy[from + j];
        }
      }
      case MEAN -> {
        for (int t = 0; t < steps; t++) {
          int row = dx.at(t * axis.batch() + b);
          for (int j = 0; j < size; j++) {
            dx.values()[row + j] += dy[from + j] / steps;
          }
        }
      }
      case MAX -> {
        for (int j = 0; j < size; j++) {
          int row = dx.at(largest[b * size + j] * axis.batch() + b);
          dx.values()[row + j] += dy[from + j];
        }
      }
    }
  }

  @Override
  public void accumulate(Pass pass, float[] gradient) {}
}
