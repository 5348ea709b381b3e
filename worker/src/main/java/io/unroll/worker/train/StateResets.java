package io.unroll.worker.train;

import io.unroll.worker.random.Purpose;
import io.unroll.worker.random.RandomStream;
import java.util.Arrays;

/**
 * Now and then sets the state of a stream to zeros before a window, as if a text began there. Which
 * streams, is a pure function of (seed, lane, step).
 *
 * <p>State that is only ever carried drifts to where no fresh text begins, and since all streams
 * start together, the model forgets beginnings within every epoch: see docs/decisions.
 */
final class StateResets {
  private final double probability;
  private final long seed;
  private final int hidden;

  StateResets(LanePlan plan) {
    this.probability = plan.stateReset();
    this.seed = plan.seed();
    this.hidden = plan.architecture().stack().hidden();
  }

  /**
   * Resets before a step.
   *
   * @param lane number of the lane
   * @param step global step
   * @param batch B
   * @param state (layer, h|c, B, H); the rows of some streams are set to 0
   */
  void before(int lane, long step, int batch, float[] state) {
    if (probability == 0) {
      return;
    }
    RandomStream random = new RandomStream(seed, Purpose.STATE_RESET, lane, step);
    for (int b = 0; b < batch; b++) {
      if (random.nextDouble() < probability) {
        for (int row = b * hidden; row < state.length; row += batch * hidden) {
          Arrays.fill(state, row, row + hidden, 0f);
        }
      }
    }
  }
}
