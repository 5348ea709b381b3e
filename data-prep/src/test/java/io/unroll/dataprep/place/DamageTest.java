package io.unroll.dataprep.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class DamageTest {
  private static final String PARQUET = "org.apache.parquet.hadoop.ParquetFileReader";

  /** As Spark wraps what a task threw. */
  private static Throwable thrownBy(String thrower, Throwable origin) {
    origin.setStackTrace(
        Stream.of("java.nio.Buffer", thrower, PARQUET, "org.apache.spark.scheduler.Task")
            .map(name -> new StackTraceElement(name, "method", null, 1))
            .toArray(StackTraceElement[]::new));
    return new SparkException("Job aborted", new IllegalStateException("in a task", origin));
  }

  @Test
  void whatDecodersThrowIsDamage() {
    for (Exception complaint :
        List.of(
            new RuntimeException("part is not a Parquet file"),
            new IllegalArgumentException("capacity < 0"),
            new EOFException("Reached the end of stream"))) {
      assertTrue(Damage.isIn(thrownBy(PARQUET, complaint)), complaint::toString);
    }
    assertTrue(
        Damage.isIn(
            thrownBy("org.xerial.snappy.SnappyNative", new IOException("FAILED_TO_UNCOMPRESS"))));
    assertTrue(Damage.isIn(new ChecksumException("Checksum error", 0)));
  }

  @Test
  void anOffsetOutsideTheFileIsDamage() {
    var nowhere = new EOFException("Cannot seek to a negative offset");
    nowhere.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("org.apache.hadoop.fs.FSInputChecker", "seek", null, 1)
        });
    assertTrue(Damage.isIn(nowhere));
  }

  @Test
  void whatFileSystemsThrowBelowThemIsNot() {
    for (String system :
        List.of(
            "org.apache.hadoop.fs.RawLocalFileSystem",
            "org.apache.hadoop.hdfs.DFSInputStream",
            "org.apache.spark.storage.DiskStore")) {
      assertFalse(Damage.isIn(thrownBy(system, new EOFException("end of stream"))), system);
    }
  }

  @Test
  void errorsClassesThatAreMissingAndInterruptionsAreNot() {
    for (Throwable other :
        List.of(
            new NoClassDefFoundError("org/apache/parquet/X"),
            new OutOfMemoryError("Java heap space"),
            new ClassNotFoundException("Class of a codec"),
            new InterruptedException(),
            new InterruptedIOException("in the middle"))) {
      assertFalse(Damage.isIn(thrownBy(PARQUET, other)), other::toString);
    }
  }

  @Test
  void jobsThatNoTaskFailedAreNot() {
    assertFalse(Damage.isIn(new SparkException("Job 3 cancelled because its executors were lost")));
  }

  @Test
  void theReasonIsTheFirstLineOfTheInnermostCause() {
    assertEquals(
        "corrupt page",
        Damage.reason(new SparkException("Job aborted", new IOException("corrupt page\nat x"))));
    assertEquals("null", Damage.reason(new IOException()));
  }
}
