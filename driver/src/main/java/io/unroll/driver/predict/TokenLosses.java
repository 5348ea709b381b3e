package io.unroll.driver.predict;

import io.unroll.worker.data.SequenceRows;
import io.unroll.worker.data.Window;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.model.LanguageModel;
import io.unroll.worker.parallel.Cores;

/** Reads sequences of any length by a language model, each from a state of zeros. */
public final class TokenLosses {
  private static final int WINDOW = 64;

  private final LanguageModel model;
  private final Window window = new Window(WINDOW, 1);
  private final float[] state;

  /** Makes a model ready. */
  public TokenLosses(LanguageArchitecture architecture, float[] parameters, Cores cores) {
    this.model = architecture.model(WINDOW, 1, cores);
    this.model.use(parameters);
    this.state = new float[architecture.stateSize()];
  }

  /** The loss of each token of a sequence but the first, in nats. */
  public double[] of(int[] sequence) {
    return of(sequence, sequence.length - 1);
  }

  /** The first of these losses. */
  double[] of(int[] sequence, int count) {
    double[] losses = new double[count];
    for (int begin = 0; begin < count; begin += WINDOW) {
      int steps = Math.min(WINDOW, count - begin);
      window.begin(steps, 1, begin == 0);
      SequenceRows.fill(window, 0, sequence, begin, 0);
      System.arraycopy(model.losses(window, state), 0, losses, begin, steps);
    }
    return losses;
  }

  /** After the last sequence; overwritten by the next. */
  float[] state() {
    return state;
  }
}
