package io.unroll.worker.layer;

import io.unroll.worker.math.Kernels;
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
  private final float[] values;
  private final Spans spans;

  /**
   * A gradient that may differ from 0 anywhere.
   *
   * @param values one number per parameter; kept, not copied
   */
  public Gradient(float[] values) {
    this.values = values;
    this.spans = Spans.of(0, values.length);
  }

  /** One number per parameter. */
  public float[] values() {
    return values;
  }

  /** Where numbers may differ from 0. */
  public Spans spans() {
    return spans;
  }

  /** L2 norm over all parameters. */
  public double norm(Kernels kernels) {
    return Math.sqrt(kernels.sumOfSquares(values, spans));
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
