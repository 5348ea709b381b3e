package io.unroll.worker.layer;

import io.unroll.worker.random.RandomStream;

/**
 * What a tensor holds when a training begins.
 *
 * <ul>
 *   <li>Weights of recurrent and output layers: uniform in ±1/√H, the choice of PyTorch's {@code
 *       nn.LSTM}, {@code nn.GRU}, {@code nn.RNN} and {@code nn.Linear}: the variance 1/(3H) keeps
 *       gates in their linear range at any size (as in LeCun, Bottou, Orr and Müller 1998,
 *       "Efficient BackProp", section 4.6, but for a factor).
 *   <li>Biases: 0, but 1 for the forget gate of the LSTM (Gers, Schmidhuber and Cummins 2000;
 *       Jozefowicz, Zaremba and Sutskever 2015, section 2.2). It is put in b_ih alone, since b_ih
 *       and b_hh are added.
 *   <li>Embedding: standard normal, as PyTorch's {@code nn.Embedding}. Tied to the output it is
 *       uniform in ±0.1 (Zaremba, Sutskever and Vinyals 2014; Press and Wolf 2017), or the first
 *       logits would be far too large.
 * </ul>
 */
@FunctionalInterface
public interface InitialValues {
  /** Fills values[from … to), which are 0. */
  void fill(RandomStream random, float[] values, int from, int to);

  /** Zeros. */
  static InitialValues zero() {
    return (random, values, from, to) -> {};
  }

  /** 1 for elements first … end-1 of the tensor, 0 for the others. */
  static InitialValues ones(int first, int end) {
    return (random, values, from, to) -> {
      for (int x = from + first; x < from + end; x++) {
        values[x] = 1f;
      }
    };
  }

  /** Uniform in [-bound, bound). */
  static InitialValues uniform(double bound) {
    return (random, values, from, to) -> {
      for (int x = from; x < to; x++) {
        values[x] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
    };
  }

  /** Standard normal. */
  static InitialValues normal() {
    return (random, values, from, to) -> {
      for (int x = from; x < to; x++) {
        values[x] = (float) random.nextGaussian();
      }
    };
  }
}
