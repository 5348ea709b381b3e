package io.unroll.driver.round;

import io.unroll.driver.run.LaneFile;
import io.unroll.worker.train.LaneReport;
import java.io.Serializable;
import java.util.List;

/** What a lane sends through the shuffle of a round, and what the reducers send to the driver. */
sealed interface LaneOutput extends Serializable {
  /** One slice of a lane's parameters and optimiser state, with the tokens it was trained on. */
  record Part(double weight, float[] values) implements LaneOutput {}

  /**
   * The mean of one slice over all lanes.
   *
   * @param spread mean over the lanes of the squared distance to it, of the parameters only
   */
  record Mean(int slice, float[] values, double spread) implements LaneOutput {}

  /**
   * The end of a lane's round.
   *
   * @param recurrentState to go on with
   * @param file where its optimiser state is; empty if the lane keeps none
   * @param arithmetic of the kernels it was computed with
   */
  record End(
      LaneReport report,
      LaneTime time,
      float[] recurrentState,
      List<LaneFile> file,
      String arithmetic)
      implements LaneOutput {}
}
