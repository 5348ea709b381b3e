package io.unroll.worker.layer;

import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Range;
import java.util.Arrays;

/**
 * Dropout on one non-recurrent connection (Zaremba, Sutskever and Vinyals 2014): y = x m, with a
 * mask m from {@link DropoutMasks}.
 */
public final class Dropout implements Module {
  private final Cores cores;
  private final Signal input;
  private final Signal output;
  private final int connection;
  private final double probability;

  /** Factors of the window, at the same indices as the signals' values. */
  private final float[] mask;

  /**
   * Allocates it.
   *
   * @param connection number of the connection, which its masks depend on
   * @param probability of dropping an element, above 0
   */
  public Dropout(Blueprint blueprint, int connection, double probability, Signal input) {
    this.cores = blueprint.cores();
    this.connection = connection;
    this.probability = probability;
    this.input = input;
    this.output = blueprint.signal(input.size());
    this.mask = new float[input.values().length];
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
    int begin = input.offset(0, pass.axis().batch());
    cores.run(
        share -> {
          Range range = share.elements(pass.axis().rows() * input.size());
          int from = begin + range.from();
          if (pass.masks().active()) {
            pass.masks().draw(connection, probability, range, mask, begin);
            multiply(from, begin + range.to(), input.values(), mask, output.values());
          } else {
            System.arraycopy(input.values(), from, output.values(), from, range.size());
          }
        });
  }

  private static void multiply(int from, int to, float[] x, float[] factors, float[] y) {
    for (int k = from; k < to; k++) {
      y[k] = x[k] * factors[k];
    }
  }

  @Override
  public void backward(Pass pass) {
    int begin = input.offset(0, pass.axis().batch());
    boolean first = input.addsFirst();
    cores.run(
        share -> {
          Range range = share.elements(pass.axis().rows() * input.size());
          int from = begin + range.from();
          int to = begin + range.to();
          if (first) {
            Arrays.fill(input.gradient(), from, to, 0f);
          }
          if (pass.masks().active()) {
            addMultiplied(from, to, output.gradient(), mask, input.gradient());
          } else {
            share.kernels().add(range.size(), output.gradient(), from, input.gradient(), from);
          }
        });
  }

  private static void addMultiplied(int from, int to, float[] x, float[] factors, float[] y) {
    for (int k = from; k < to; k++) {
      y[k] += x[k] * factors[k];
    }
  }

  @Override
  public void accumulate(Pass pass, float[] gradient) {}
}
