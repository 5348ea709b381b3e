package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.OutputExistsException;
import io.unroll.driver.config.ConfigurationException;
import io.unroll.driver.round.DivergedException;
import io.unroll.driver.transfer.DamagedTransferException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static String report(ExitCode expected, Throwable failure) {
    StringWriter err = new StringWriter();
    assertEquals(expected, Failures.report(failure, new PrintWriter(err)));
    return err.toString().strip();
  }

  /** What is reported where Spark gives up a job for this reason. */
  private static String reportAborted(String reason) {
    return report(
        ExitCode.FAILURE,
        new SparkException(
            "Job aborted due to stage failure: " + reason + "\nDriver stacktrace:\n\tat x.y"));
  }

  @Test
  void mistakesOfTheUserAreOneMessage() {
    assertEquals("no", report(ExitCode.USAGE, new ConfigurationException(List.of("no"))));
    assertEquals("taken", report(ExitCode.USAGE, new OutputExistsException("taken")));
    assertEquals("bad", report(ExitCode.BAD_DATA, new DataException("bad")));
    assertEquals("step 3", report(ExitCode.DIVERGED, new DivergedException("step 3")));
  }

  @Test
  void whatSparkWrapsIsFound() {
    Throwable wrapped =
        new IllegalStateException(
            "Job aborted", new RuntimeException("Task failed", new DataException("bad block 3")));
    assertEquals("bad block 3", report(ExitCode.BAD_DATA, wrapped));
  }

  @Test
  void faultsOfTheEnvironmentSayWhatTheSystemSaid() {
    Throwable full =
        new UncheckedIOException(new IOException("x", new IOException("No space left on device")));
    assertEquals("Cannot go on: No space left on device", report(ExitCode.FAILURE, full));
    String memory = report(ExitCode.FAILURE, new OutOfMemoryError("Java heap space"));
    assertTrue(memory.startsWith("Cannot go on: out of memory (Java heap space)"), memory);
    assertTrue(memory.contains("UNROLL_MEMORY"), memory);
  }

  @Test
  void damageOnTheWayBetweenTasksIsTheEnvironments() {
    String damaged =
        report(
            ExitCode.FAILURE,
            new SparkException(
                "Job aborted", new DamagedTransferException("CRC-32C 1 instead of 2")));
    assertTrue(
        damaged.startsWith(
            "Cannot go on: data between two tasks were changed on their way (CRC-32C 1 instead of 2): a disk,"),
        damaged);
    assertTrue(damaged.endsWith("goes on from its last checkpoint with the same command"), damaged);
  }

  @Test
  void fullScratchSpaceIsToldFromFullOutputs() {
    for (String said : List.of("No space left on device", "File too large")) {
      IOException full = new IOException(said);
      full.setStackTrace(
          frames("java.io.FileOutputStream", "org.apache.spark.storage.DiskBlockObjectWriter"));
      String scratch = report(ExitCode.FAILURE, new SparkException("Job aborted", full));
      assertTrue(
          scratch.startsWith("Cannot go on: Spark cannot keep its scratch files (" + said),
          scratch);
      assertTrue(scratch.contains("spark.local.dir"), scratch);
    }
    IOException output = new IOException("No space left on device");
    output.setStackTrace(
        frames(
            "org.apache.hadoop.fs.RawLocalFileSystem",
            "org.apache.spark.sql.execution.datasources.parquet.ParquetOutputWriter",
            "org.apache.spark.shuffle.ShuffleWriteProcessor"));
    assertEquals("Cannot go on: No space left on device", report(ExitCode.FAILURE, output));
    var cutOff = new IllegalArgumentException("newLimit > capacity: (9 > 8)");
    cutOff.setStackTrace(frames("java.nio.Buffer", "org.apache.spark.storage.BlockManager"));
    assertTrue(report(ExitCode.FAILURE, cutOff).contains("spark.local.dir"));
  }

  private static StackTraceElement[] frames(String... classes) {
    return Stream.of(classes)
        .map(name -> new StackTraceElement(name, "method", null, 1))
        .toArray(StackTraceElement[]::new);
  }

  @Test
  void aFileSystemThatFailsWhileSparkReadsIsNoBadData() {
    Throwable storage =
        new SparkException(
            "Encountered error while reading file file:///d/part-0.parquet. Details:",
            new IOException("it does not answer"));
    assertEquals("Cannot go on: it does not answer", report(ExitCode.FAILURE, storage));
  }

  @Test
  void showsSparksWordsWithoutTheirErrorClass() {
    assertTrue(
        report(
                ExitCode.FAILURE,
                new SparkException(
                    "[SPARK_JOB_CANCELLED] Job 0 cancelled because ExecutorLostFailure SQLSTATE: XXKDA"))
            .startsWith(
                "Cannot go on: Spark gave up. Job 0 cancelled because ExecutorLostFailure\n"));
  }

  @Test
  void lostExecutorsAreTheClustersFault() {
    String lost =
        reportAborted(
            "Task 0 in stage 3.0 failed 4 times, most recent failure: Lost task 0.3 in stage 3.0:"
                + " ExecutorLostFailure (executor 5 exited)");
    assertTrue(lost.startsWith("Cannot go on: Spark gave up. Job aborted due to"), lost);
    assertTrue(lost.contains("with the same command"), lost);
    assertFalse(lost.contains("\tat "), lost);
  }

  @Test
  void executorsThatWereLostForWantOfMemorySayWhatToDo() {
    String lost =
        reportAborted(
            "Lost task 0.3 in stage 3.0: ExecutorLostFailure (executor 5 exited caused by one of"
                + " the running tasks) Reason: Command exited with code 52");
    assertTrue(lost.contains("UNROLL_MEMORY"), lost);
    assertTrue(lost.contains("spark.executor.memory"), lost);
  }

  @Test
  void resultsThatTheDriverMayNotCollectNameTheSetting() {
    assertEquals(
        "Cannot go on: spark.driver.maxResultSize is too small. Job aborted due to stage failure:"
            + " Total size of serialized results of 1 tasks (38.2 MiB) is bigger than"
            + " spark.driver.maxResultSize (1024.0 KiB). Set more, such as"
            + " spark.driver.maxResultSize=4g, or 0 for no limit",
        reportAborted(
            "Total size of serialized results of 1 tasks (38.2 MiB) is bigger than"
                + " spark.driver.maxResultSize (1024.0 KiB)"));
  }

  @Test
  void namesThatOthersGaveForgeNoLineAndCommandNoTerminal() {
    assertEquals(
        "Cannot read m: tensor a\\x1b]0;t\\x07\\nround 9/9 is not expected",
        report(
            ExitCode.BAD_DATA,
            new DataException(
                "Cannot read m: tensor a\u001b]0;t\u0007\nround 9/9 is not expected")));
    assertEquals(
        "2 problems in the configuration:%n  x\\ny%n  z".formatted(),
        report(ExitCode.USAGE, new ConfigurationException(List.of("x\ny", "z"))));
    assertTrue(
        report(ExitCode.FAILURE, new IllegalStateException("a\u001b[2J")).contains("a\\x1b[2J"));
  }

  @Test
  void onlyFaultsOfOursShowAStackTrace() {
    String ours = report(ExitCode.FAILURE, new IllegalStateException("never"));
    assertTrue(ours.contains("fault of Unroll"), ours);
    assertTrue(ours.contains("\tat io.unroll.driver.cli.FailuresTest"), ours);
  }
}
