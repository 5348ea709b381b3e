package io.unroll.driver.round;

import io.unroll.driver.run.LaneFile;
import io.unroll.worker.train.LaneReport;
import java.util.List;

/**
 * What a round gives back.
 *
 * @param parameters weighted mean over the lanes; as before if none of them counts, such as where
 *     all diverged in their first step
 * @param optimizerState weighted mean; empty unless it is averaged
 * @param drift root of the lanes' mean squared distance (L2) from their mean
 * @param laneStates recurrent state of each lane, in lane order
 * @param laneFiles optimiser state of each lane, in lane order; empty unless lanes keep it
 * @param reports in lane order
 * @param times in lane order
 */
record RoundResult(
    float[] parameters,
    float[] optimizerState,
    double drift,
    List<float[]> laneStates,
    List<LaneFile> laneFiles,
    List<LaneReport> reports,
    List<LaneTime> times) {}
