package io.unroll.driver.report;

import io.unroll.worker.train.Histogram;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Is told what happens in a start of a run. Closed at its end, however it ends. */
public interface RunListener extends Closeable {
  /** How a start of a run ended. */
  enum End {
    DONE,
    INTERRUPTED
  }

  /** Something happened. */
  void tell(RunEvent event) throws IOException;

  /**
   * How tensors are spread.
   *
   * @param round after which they are
   * @param what weights or gradients
   */
  default void histograms(int round, String what, List<Histogram> tensors) throws IOException {}

  /** A checkpoint was written. */
  default void saved() {}

  /** It ended as it should; one that is only closed has failed. */
  default void ended(End end) {}
}
