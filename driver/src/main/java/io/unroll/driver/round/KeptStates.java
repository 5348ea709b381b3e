package io.unroll.driver.round;

import io.unroll.driver.run.LaneFile;
import io.unroll.driver.run.LaneFiles;
import io.unroll.driver.run.Storage;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The optimiser states that lanes keep, as tasks read and write them: in files of the run
 * directory, so that any executor can go on with any lane.
 *
 * @param run URI of the run directory
 * @param hadoop how to reach it
 */
record KeptStates(String run, Broadcast<SerializableConfiguration> hadoop) implements Serializable {
  /** Fills the state with what the lane ended its last round with; zeros in the first. */
  void read(List<LaneFile> file, float[] state) {
    if (file.isEmpty()) {
      Arrays.fill(state, 0);
      return;
    }
    try (Storage storage = open()) {
      LaneFiles.read(storage, file.get(0), state);
    }
  }

  /** Writes what a lane ends a round with. */
  LaneFile write(int round, int lane, float[] state) {
    String attempt = SparkEnv.get().conf().getAppId() + "-" + TaskContext.get().taskAttemptId();
    try (Storage storage = open()) {
      return LaneFiles.write(storage, round, lane, attempt, state);
    }
  }

  private Storage open() {
    return Storage.open(run, hadoop.value().value());
  }
}
