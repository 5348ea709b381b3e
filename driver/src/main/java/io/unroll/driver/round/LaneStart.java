package io.unroll.driver.round;

import io.unroll.driver.run.LaneFile;
import io.unroll.driver.transfer.Parcel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What one lane starts a round from, beside what all lanes start from.
 *
 * @param recurrentState of its streams
 * @param file where its optimiser state is; empty if it begins with zeros or with that of all
 */
record LaneStart(float[] recurrentState, List<LaneFile> file) implements Serializable {
  /** In lane order. */
  static List<Parcel<LaneStart>> of(List<float[]> recurrentStates, List<LaneFile> files) {
    List<Parcel<LaneStart>> starts = new ArrayList<>();
    for (int lane = 0; lane < recurrentStates.size(); lane++) {
      starts.add(
          Parcel.of(
              new LaneStart(
                  recurrentStates.get(lane),
                  files.isEmpty() ? List.of() : List.of(files.get(lane)))));
    }
    return starts;
  }
}
