package io.unroll.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.unroll.driver.config.RunConfiguration;
import io.unroll.driver.report.ProgressLog;
import io.unroll.driver.transfer.DamagedTransferException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that flip in shuffle files where no codec of Spark notices it. */
class DamagedShuffleIT extends RunsOnSpark {
  private static final Map<String, String> WITHOUT_CODEC =
      Map.of(
          "spark.shuffle.compress",
          "false",
          "spark.shuffle.manager",
          DamagingShuffleManager.class.getName());

  private static byte[] undisturbed;

  @BeforeAll
  static void trainUndisturbed() throws IOException {
    train("undisturbed", "", 0);
    undisturbed = parameters("undisturbed");
  }

  private static TrainingOutcome train(String run, String job, int damages) {
    DamagingShuffleManager.job = job;
    DamagingShuffleManager.LEFT.set(damages);
    RunConfiguration configuration =
        configuration(run, Map.of("training.max-rounds", "3", "validation.every", "3"));
    return onSpark(
        "local[2]",
        WITHOUT_CODEC,
        spark ->
            TrainingRun.run(spark, configuration, ProgressLog.silent(), RunsOnSpark::never)
                .outcome());
  }

  @ParameterizedTest
  @ValueSource(strings = {"round 2/", "read the training split", "validation after"})
  void areNoticedAndWhatTheyHitIsComputedAgainToTheSameBytes(String job) throws IOException {
    String run = job.substring(0, 4);
    assertEquals(TrainingOutcome.DONE, train(run, job, 1));
    assertEquals(0, DamagingShuffleManager.LEFT.get());
    assertArrayEquals(undisturbed, parameters(run));
  }

  @Test
  void endARunWhenTheyComeAgainAndAgain() {
    Throwable failure = assertThrows(Exception.class, () -> train("again", "round 2/", 9));
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (!(cause instanceof DamagedTransferException)) {
      fail(failure);
    }
    assertTrue(cause.getMessage().contains("CRC-32C"), cause.getMessage());
    assertEquals(5, DamagingShuffleManager.LEFT.get());
  }
}
