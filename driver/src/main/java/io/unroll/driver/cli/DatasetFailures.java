package io.unroll.driver.cli;

import io.unroll.dataprep.place.Damage;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkThrowable;

/** What Spark says when a file that was whole at the start is gone or damaged later. */
final class DatasetFailures {
  /** Classes of errors for a file that was there when a table was opened: of Spark 4, of 3.5. */
  private static final List<String> GONE =
      List.of("FAILED_READ_FILE.FILE_NOT_EXIST", "_LEGACY_ERROR_TEMP_2055");

  /** For one that cannot be read: of Spark 4, which has several, and of 3.5. */
  private static final List<String> UNREADABLE =
      List.of("FAILED_READ_FILE", "_LEGACY_ERROR_TEMP_2064");

  private DatasetFailures() {}

  static Optional<Explanation> explain(Throwable failure) {
    if (isOf(GONE, failure)) {
      return unreadable(SparkWords.of(failure.getMessage()));
    }
    return isOf(UNREADABLE, failure) && Damage.isIn(failure)
        ? unreadable(SparkWords.of(failure.getMessage()) + " " + Damage.reason(failure))
        : Optional.empty();
  }

  @SuppressWarnings("deprecation") // Spark 3.5 has no other name for it
  private static boolean isOf(List<String> classes, Throwable failure) {
    return failure instanceof SparkThrowable known
        && known.getErrorClass() != null
        && classes.stream().anyMatch(known.getErrorClass()::startsWith);
  }

  private static Optional<Explanation> unreadable(String why) {
    return Optional.of(
        Explanation.ofData("Cannot read the dataset: %s. Restore it".formatted(why)));
  }
}
