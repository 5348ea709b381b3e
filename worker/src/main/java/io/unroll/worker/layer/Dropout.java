package io.unroll.worker.layer;

import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Range;
import java.util.Arrays;

/**
 * Dropout on one non-recurrent connection: y = x m, with a mask m from {@link DropoutMasks}. Either
 * every step has a mask of its own (Zaremba, Sutskever and Vinyals 2014), or all steps of a
 * sequence have the same one: variational, or locked, dropout (Gal and Ghahramani 2016).
 */
public final class Dropout implements Module {
  private final Cores cores;
  private final Signal input;
  private final Signal output;
  private final int connection;
  private final double probability;
  private final boolean locked;

  /** Factors of the window, or of one of its steps. */
  private final float[] mask;

  private Dropout(
      Blueprint blueprint, int connection, double probability, boolean locked, Signal input) {
    this.cores = blueprint.cores();
    this.connection = connection;
    this.probability = probability;
    this.locked = locked;
    this.input = input;
    this.output = blueprint.signal(input.capacity(), input.size());
    int steps = locked ? 1 : input.capacity().time();
    this.mask = new float[steps * input.capacity().batch() * input.size()];
  }

  /**
   * Allocates it with a mask for every step.
   *
   * @param connection number of the connection, which its masks depend on
   * @param probability of dropping an element, above 0
   */
  public static Dropout ofSteps(
      Blueprint blueprint, int connection, double probability, Signal input) {
    return new Dropout(blueprint, connection, probability, false, input);
  }

  /** Allocates it with one mask for all steps of a sequence. */
  public static Dropout locked(
      Blueprint blueprint, int connection, double probability, Signal input) {
    return new Dropout(blueprint, connection, probability, true, input);
  }

  /** y. */
  public Signal output() {
    return output;
  }

  /** It has no parameters. */
  @Override
  public void use(float[] parameters) {}

  @Override
  public void forward(Pass pass) {
    cores.run(
        share -> {
          Range range = share.elements(maskSize(pass));
          if (pass.masks().active()) {
            pass.masks().draw(connection, probability, range, mask, 0);
          }
          for (int from = begin(pass); from < end(pass); from += maskSize(pass)) {
            if (pass.masks().active()) {
              multiply(range, from, input.values(), output.values());
            } else {
              int first = from + range.from();
              System.arraycopy(input.values(), first, output.values(), first, range.size());
            }
          }
        });
  }

  /** Elements that have a factor of their own. */
  private int maskSize(Pass pass) {
    return rows(pass) / (locked ? time(pass) : 1) * input.size();
  }

  private int begin(Pass pass) {
    return input.offset(0, pass.axis().batch());
  }

  private int end(Pass pass) {
    return begin(pass) + rows(pass) * input.size();
  }

  private int rows(Pass pass) {
    return input.rowsInUse(pass.axis());
  }

  /** A pooled signal has one step, however many the window has. */
  private int time(Pass pass) {
    return Math.min(pass.axis().time(), input.capacity().time());
  }

  private void multiply(Range range, int from, float[] x, float[] y) {
    for (int k = range.from(); k < range.to(); k++) {
      y[from + k] = x[from + k] * mask[k];
    }
  }

  @Override
  public void backward(Pass pass) {
    boolean first = input.addsFirst();
    cores.run(
        share -> {
          Range range = share.elements(maskSize(pass));
          for (int from = begin(pass); from < end(pass); from += maskSize(pass)) {
            int begin = from + range.from();
            if (first) {
              Arrays.fill(input.gradient(), begin, from + range.to(), 0f);
            }
            if (pass.masks().active()) {
              addMultiplied(range, from, output.gradient(), input.gradient());
            } else {
              share.kernels().add(range.size(), output.gradient(), begin, input.gradient(), begin);
            }
          }
        });
  }

  private void addMultiplied(Range range, int from, float[] dy, float[] dx) {
    for (int k = range.from(); k < range.to(); k++) {
      dx[from + k] += dy[from + k] * mask[k];
    }
  }

  @Override
  public void accumulate(Pass pass, float[] gradient) {}
}
