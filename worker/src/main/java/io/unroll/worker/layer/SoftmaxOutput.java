package io.unroll.worker.layer;

import io.unroll.worker.data.Window;
import io.unroll.worker.math.Matrix;
import io.unroll.worker.math.Targets;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Range;
import io.unroll.worker.parallel.Share;

/**
 * The output layer: logits = h W^T + b, softmax, cross-entropy. W is the embedding's weight if they
 * are tied (Press and Wolf 2017).
 *
 * <p>Logits are held for a limited number of rows at a time: they are computed, turned into their
 * gradient, and consumed. Sums over rows go on from chunk to chunk in the order of the rows, so
 * that results do not depend on the size of a chunk.
 *
 * <p>Letters: T steps, B sequences, H hidden units, V vocabulary.
 */
public final class SoftmaxOutput {
  /** W, unless it is the embedding's. */
  public static final String WEIGHT = "output.weight";

  /** b. */
  public static final String BIAS = "output.bias";

  /** Logits held at a time: 16 MB. */
  private static final int CHUNK_ELEMENTS = 1 << 22;

  /**
   * Rows at a time even so: each chunk reads and writes the whole gradient by W, which fewer rows
   * would not pay for.
   */
  private static final int CHUNK_MINIMUM_ROWS = 64;

  private final Cores cores;
  private final int vocabulary;
  private final Signal input;
  private final Linear linear;
  private final float[] logits;
  private final int chunkRows;
  private final float smoothing;

  /** (T, B): weighted loss of each prediction of the last window. */
  private final double[] losses;

  /**
   * Declares {@code output.weight} (V, H), unless it is the embedding's, and {@code output.bias}
   * (V).
   */
  public static void declare(
      ParameterLayout.Builder layout, int vocabulary, int hidden, boolean tied) {
    if (!tied) {
      layout.matrix(WEIGHT, vocabulary, hidden, InitialValues.uniform(1 / Math.sqrt(hidden)));
    }
    layout.vector(BIAS, vocabulary, InitialValues.zero());
  }

  /**
   * Allocates it.
   *
   * @param weight name of W: {@link #WEIGHT}, or an embedding's
   * @param smoothing ε: the gradient is that of (1-ε) times the loss and ε times its mean over all
   *     targets; losses are told without it
   * @param input h
   */
  public SoftmaxOutput(Blueprint blueprint, String weight, double smoothing, Signal input) {
    this.smoothing = (float) smoothing;
    this.cores = blueprint.cores();
    this.input = input;
    this.linear = blueprint.linear(weight, BIAS);
    this.vocabulary = linear.outputs();
    int wanted = Math.max(CHUNK_ELEMENTS / vocabulary, CHUNK_MINIMUM_ROWS);
    this.chunkRows = Math.min(wanted, input.capacity().rows());
    this.logits = new float[Math.multiplyExact(chunkRows, vocabulary)];
    this.losses = new double[input.capacity().rows()];
  }

  /** Takes new parameters. */
  public void use(float[] parameters) {
    linear.use(parameters);
  }

  /**
   * Logits of some steps.
   *
   * @param axis the steps, from the first on, and the sequences
   * @param result (T, B, V); overwritten
   */
  public void logits(Axis axis, float[] result) {
    Matrix x = input.rows(axis.batch());
    Matrix y = Matrix.of(result, vocabulary);
    cores.run(
        share -> {
          Range rows = share.rows(axis.rows());
          linear.product(share.kernels(), rows.size(), x.from(rows.from()), y.from(rows.from()));
        });
  }

  /**
   * Computes the losses.
   *
   * @return the weighted loss of each prediction in nats, (T, B), until the next call
   */
  public double[] loss(Window window) {
    int rows = check(window);
    for (int first = 0; first < rows; first += chunkRows) {
      Chunk chunk = new Chunk(window, first, Math.min(chunkRows, rows - first), 0f);
      cores.run(share -> chunk.forward(share));
    }
    return losses;
  }

  /**
   * Also adds to the gradients of the input signal, of weight and bias.
   *
   * @param scale factor of all gradients
   * @param gradient by all parameters
   */
  public double[] lossAndGradient(Window window, float scale, float[] gradient) {
    int rows = check(window);
    boolean adds = !input.addsFirst();
    for (int first = 0; first < rows; first += chunkRows) {
      Chunk chunk = new Chunk(window, first, Math.min(chunkRows, rows - first), scale);
      cores.run(
          share -> {
            Range range = chunk.forward(share);
            if (smoothing > 0) {
              chunk.smooth(range);
            }
            chunk.backward(share, range, adds);
          });
      chunk.accumulate(gradient);
    }
    return losses;
  }

  private int check(Window window) {
    int rows = window.targetRows();
    Embedding.checkTokens(window.targets(), rows, vocabulary);
    return rows;
  }

  /** Some rows of a window. */
  private final class Chunk {
    private final Window window;
    private final int first;
    private final int rows;
    private final float scale;

    Chunk(Window window, int first, int rows, float scale) {
      this.window = window;
      this.first = first;
      this.rows = rows;
      this.scale = scale;
    }

    /** Leaves the gradient by the logits of the share's rows in the buffer. */
    Range forward(Share share) {
      Range range = share.rows(rows);
      Matrix x = input.rows(window.batch()).from(first + range.from());
      Matrix y = Matrix.of(logits, vocabulary).from(range.from());
      linear.product(share.kernels(), range.size(), x, y);
      Targets targets = new Targets(window.targets(), window.weights(), losses, first);
      share
          .kernels()
          .softmaxCrossEntropy(range.from(), range.to(), vocabulary, logits, targets, scale);
      return range;
    }

    /** From softmax(x) - 1_y to softmax(x) - (1-ε) 1_y - ε/V, each times scale and weight. */
    void smooth(Range range) {
      for (int row = range.from(); row < range.to(); row++) {
        float moved = scale * window.weights()[first + row] * smoothing;
        float share = moved / vocabulary;
        int begin = row * vocabulary;
        for (int x = begin; x < begin + vocabulary; x++) {
          logits[x] -= share;
        }
        logits[begin + window.targets()[first + row]] += moved;
      }
    }

    void backward(Share share, Range range, boolean adds) {
      Matrix dx = input.gradients(window.batch()).from(first + range.from());
      Matrix dy = Matrix.of(logits, vocabulary).from(range.from());
      linear.addInputGradient(share.kernels(), range.size(), dy, dx, !adds);
    }

    void accumulate(float[] gradient) {
      linear.accumulate(rows, logits, input.rows(window.batch()).from(first), gradient);
    }
  }
}
