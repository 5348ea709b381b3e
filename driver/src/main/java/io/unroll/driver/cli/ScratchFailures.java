package io.unroll.driver.cli;

import io.unroll.dataprep.ScratchSpace;
import java.util.Optional;

/** What Spark cannot keep on its local disks: no fault of any data, though the words are alike. */
final class ScratchFailures {
  private ScratchFailures() {}

  static Optional<Explanation> explain(Throwable failure) {
    return ScratchSpace.failureOf(failure)
        .map(
            reason ->
                Explanation.ofEnvironment(
                    "Cannot go on: Spark cannot keep its scratch files (%s). Free some space there, or name a larger disk as spark.local.dir in conf/spark-defaults.conf or as SPARK_LOCAL_DIRS, or lift the limit (ulimit -f); then run the same command again"
                        .formatted(reason)));
  }
}
