package io.unroll.dataprep;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells failures of Spark's own files on local disks ({@code spark.local.dir}: shuffles, spills and
 * cached blocks) from those of data and of outputs, whose exceptions are the same. What tells them
 * apart is the part of Spark that was writing or reading: the innermost frame of Spark's in the
 * stack trace, which tasks send along.
 */
public final class ScratchSpace {
  /** What operating systems say, and Java of a block that was cut off when it was written. */
  private static final List<String> REASONS =
      List.of(
          "No space left on device",
          "There is not enough space on the disk",
          "Disk quota exceeded",
          "File too large",
          "newLimit > capacity");

  private static final String SPARK = "org.apache.spark.";

  private static final List<String> USERS =
      List.of(
          "org.apache.spark.storage.",
          "org.apache.spark.shuffle.",
          "org.apache.spark.broadcast.",
          "org.apache.spark.io.",
          "org.apache.spark.serializer.",
          "org.apache.spark.util.collection.");

  private ScratchSpace() {}

  /** What the system said, if that is why a job failed, anywhere in the chain of causes. */
  public static Optional<String> failureIn(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<String> reason = failureOf(cause);
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  /** The same of one failure, without its causes. */
  public static Optional<String> failureOf(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return REASONS.stream()
        .filter(message::contains)
        .findFirst()
        .filter(reason -> isUser(failure.getStackTrace()))
        .map(reason -> message.lines().findFirst().orElse(reason));
  }

  private static boolean isUser(StackTraceElement[] trace) {
    return Arrays.stream(trace)
        .map(StackTraceElement::getClassName)
        .filter(name -> name.startsWith(SPARK))
        .findFirst()
        .filter(name -> USERS.stream().anyMatch(name::startsWith))
        .isPresent();
  }
}
