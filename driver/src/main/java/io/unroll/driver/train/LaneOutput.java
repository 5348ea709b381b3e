package io.unroll.driver.train;

import io.unroll.worker.train.LaneReport;
import java.io.Serializable;

/** What a lane sends through the shuffle of a round, and what the reducers send to the driver. */
sealed interface LaneOutput extends Serializable {
  /** One slice of a lane's parameters and optimiser state, with the tokens it was trained on. */
  record Part(double weight, float[] values) implements LaneOutput {}

  /** The mean of one slice over all lanes. */
  record Mean(int slice, float[] values) implements LaneOutput {}

  /** The end of a lane's round: its report and the recurrent state to go on with. */
  record End(LaneReport report, LaneTime time, float[] recurrentState) implements LaneOutput {}
}
