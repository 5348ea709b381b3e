package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.report.ProgressLog;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class JobProgressTest {
  private final StringWriter printed = new StringWriter();
  private Instant now = Instant.parse("2026-11-29T06:00:00Z");

  private final JobProgress progress =
      new JobProgress(
          new ProgressLog(new PrintWriter(printed), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), 1),
          () -> now);

  @Test
  void tellsEachPhaseAsItBeginsAndThenHowFarItIs() {
    progress.submitted("prep: count", 0, 4);
    progress.tell();
    for (int task = 0; task < 3; task++) {
      progress.ended(0);
    }
    now = now.plus(JobProgress.EVERY);
    progress.tell();
    progress.tell();
    progress.submitted("prep: count", 1, 2);
    progress.ended(0);
    now = now.plus(JobProgress.EVERY);
    progress.tell();
    progress.submitted("prep: write", 2, 1);
    assertEquals(
        """
        00:00:00 prep: count
        00:00:00 prep: count, 3 of 4 tasks, 10 s
        00:00:00 prep: count, 4 of 6 tasks, 20 s
        00:00:00 prep: write
        """,
        printed.toString());
  }

  @Test
  void countsAStageThatIsTriedAgainOnceAndTasksOfOtherStagesNever() {
    progress.submitted("evaluate", 5, 1);
    progress.submitted("evaluate", 5, 1);
    progress.ended(4);
    progress.ended(5);
    progress.ended(5);
    now = now.plus(JobProgress.EVERY);
    progress.tell();
    assertTrue(printed.toString().endsWith("evaluate, 1 of 1 tasks, 10 s\n"), printed.toString());
  }

  @Test
  void isSilentBeforeTheFirstPhaseAndAfterItsEnd() {
    now = now.plus(JobProgress.EVERY);
    progress.tell();
    progress.close();
    progress.submitted("late", 1, 1);
    progress.tell();
    assertEquals("", printed.toString());
  }
}
