package io.unroll.driver.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import io.unroll.worker.train.Adam;
import io.unroll.worker.train.Clipping;
import io.unroll.worker.train.Constant;
import io.unroll.worker.train.LanePlan;
import io.unroll.worker.train.Objective;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
  private static LanePlan plan(long seed) {
    return new LanePlan(
        new LanguageArchitecture(Cell.LSTM, 5, 2, 3, 1, 0, false),
        Objective.PLAIN,
        new Adam(0.9, 0.999, 1e-8),
        new Constant(1, 0),
        Clipping.NONE,
        2,
        4,
        0,
        seed,
        100);
  }

  @Test
  void hasRoomForParametersAndOptimizerState() {
    Workspace workspace = Workspace.take(plan(1), 1);
    assertEquals(2 * workspace.parameters().length, workspace.optimizerState().length);
  }

  @Test
  void goesFromLaneToLane() {
    Workspace first = Workspace.take(plan(2), 1);
    Workspace second = Workspace.take(plan(2), 1);
    assertNotSame(first, second);
    first.giveBack();
    assertSame(first, Workspace.take(plan(2), 1));
    assertNotSame(first, Workspace.take(plan(2), 1));
    first.giveBack();
    assertNotSame(first, Workspace.take(plan(2), 3));
  }

  @Test
  void isNotKeptForAPlanThatIsOver() {
    Workspace late = Workspace.take(plan(3), 1);
    Workspace early = Workspace.take(plan(3), 1);
    early.giveBack();
    Workspace.take(plan(4), 1);
    late.giveBack();
    Workspace fresh = Workspace.take(plan(3), 1);
    assertNotSame(early, fresh);
    assertNotSame(late, fresh);
  }
}
