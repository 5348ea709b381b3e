package io.unroll.worker.layer;

import io.unroll.worker.math.Spans;
import io.unroll.worker.parallel.Cores;
import io.unroll.worker.parallel.Range;
import java.util.Arrays;

/**
 * The gradient of the loss by all parameters, in the order of {@link ParameterLayout}, and where it
 * may differ from 0: of an embedding, only in the rows that a window used. What looks only there
 * gives the same sums and updates as if it had looked everywhere.
 */
public final class Gradient {
  private static final int BLOCK = 1 << 16;

  private final float[] values;
  private final Spans spans;

  /** Sum of squares of each block. */
  private final double[] squares;

  /**
   * A gradient that may differ from 0 anywhere.
   *
   * @param values one number per parameter; kept, not copied
   */
  public Gradient(float[] values) {
    this.values = values;
    this.spans = Spans.of(0, values.length);
    this.squares = new double[(int) (((long) values.length + BLOCK - 1) / BLOCK)];
  }

  /** One number per parameter. */
  public float[] values() {
    return values;
  }

  /** Where numbers may differ from 0. */
  public Spans spans() {
    return spans;
  }

  /**
   * L2 norm over all parameters, by all cores: the sum of squares of each block of {@value #BLOCK}
   * parameters, added in the order of the blocks.
   */
  public double norm(Cores cores) {
    cores.run(
        share -> {
          Range blocks = share.pieces(squares.length);
          for (int b = blocks.from(); b < blocks.to(); b++) {
            int from = b * BLOCK;
            int to = (int) Math.min(values.length, (long) from + BLOCK);
            squares[b] = share.kernels().sumOfSquares(values, spans, from, to);
          }
        });
    double sum = 0;
    for (double square : squares) {
      sum += square;
    }
    return Math.sqrt(sum);
  }

  /**
   * Adds that numbers may differ from 0 anywhere, where nothing was added since they were cleared.
   */
  public void addAll() {
    spans.add(0, values.length);
  }

  /** Sets everything to 0; the spans are to be added anew. */
  public void clear(Cores cores) {
    cores.run(
        share -> {
          for (int s = 0; s < spans.count(); s++) {
            Range range = share.elements(spans.to(s) - spans.from(s));
            Arrays.fill(values, spans.from(s) + range.from(), spans.from(s) + range.to(), 0f);
          }
        });
    spans.clear();
  }
}
