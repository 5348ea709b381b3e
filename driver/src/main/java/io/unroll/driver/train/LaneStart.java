package io.unroll.driver.train;

import io.unroll.driver.run.LaneFile;
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
  static List<LaneStart> of(List<float[]> recurrentStates, List<LaneFile> files) {
    List<LaneStart> starts = new ArrayList<>();
    for (int lane = 0; lane < recurrentStates.size(); lane++) {
      starts.add(
          new LaneStart(
              recurrentStates.get(lane), files.isEmpty() ? List.of() : List.of(files.get(lane))));
    }
    return starts;
  }
}
