package io.unroll.driver.train;

import io.unroll.worker.train.LaneReport;
import java.util.List;

/**
 * What a round gives back.
 *
 * @param parameters weighted mean over the lanes; zeros if all of them diverged in their first step
 * @param optimizerState weighted mean, or zeros if the state is reset after every round
 * @param laneStates recurrent state of each lane, in lane order
 * @param reports in lane order
 * @param times in lane order
 */
record RoundResult(
    float[] parameters,
    float[] optimizerState,
    List<float[]> laneStates,
    List<LaneReport> reports,
    List<LaneTime> times) {}
