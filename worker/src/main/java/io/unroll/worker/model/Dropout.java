package io.unroll.worker.model;

/**
 * Dropout on one non-recurrent connection (Zaremba, Sutskever and Vinyals 2014): y = x m, with a
 * mask m from {@link DropoutMasks}. With probability 0 the output is the input itself and nothing
 * is done.
 */
final class Dropout {
  private final Signal input;
  private final Signal output;
  private final int connection;
  private final double probability;

  /** Factors of the window, at the same indices as the signals' values. */
  private final float[] mask;

  private boolean masked;

  Dropout(Blueprint blueprint, int connection, Signal input) {
    this.probability = blueprint.architecture().dropout();
    this.connection = connection;
    this.input = input;
    this.output = probability == 0 ? input : blueprint.signal(input.size());
    this.mask = new float[probability == 0 ? 0 : input.values().length];
  }

  Signal output() {
    return output;
  }

  void forward(int time, int batch, DropoutMasks masks) {
    if (output == input) {
      return;
    }
    int from = input.offset(0, batch);
    int count = time * batch * input.size();
    masked = masks.active();
    if (masked) {
      masks.draw(connection, probability, count, mask, from);
      multiply(from, count, input.values(), mask, output.values());
    } else {
      System.arraycopy(input.values(), from, output.values(), from, count);
    }
  }

  /** Overwrites the gradient of the input signal. */
  void backward(int time, int batch) {
    if (output == input) {
      return;
    }
    int from = input.offset(0, batch);
    int count = time * batch * input.size();
    if (masked) {
      multiply(from, count, output.gradient(), mask, input.gradient());
    } else {
      System.arraycopy(output.gradient(), from, input.gradient(), from, count);
    }
  }

  private static void multiply(int from, int count, float[] x, float[] factors, float[] y) {
    for (int k = from; k < from + count; k++) {
      y[k] = x[k] * factors[k];
    }
  }
}
