package io.unroll.dataprep.place;

import java.io.EOFException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.ChecksumException;

/**
 * Tells a file whose content is wrong from one that could not be read: the exceptions are of the
 * same classes. What tells them apart is who threw the innermost one, which is the innermost frame
 * outside the JDK in the stack trace, which tasks send along: a decoder complains of what it has
 * read, file systems and networks of what they could not bring. Errors, such as a class that cannot
 * be loaded or memory that is used up, say nothing of any file.
 */
public final class Damage {
  private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.");

  private static final List<String> DECODERS =
      List.of(
          "org.apache.parquet.",
          "shaded.parquet.",
          "org.apache.spark.sql.execution.datasources.parquet.",
          "org.apache.spark.sql.execution.vectorized.",
          "org.apache.hadoop.io.compress.",
          "org.xerial.snappy.",
          "com.github.luben.zstd.",
          "org.tukaani.xz.",
          "com.fasterxml.jackson.");

  private Damage() {}

  /** Whether a failure to read is the fault of what a file contains. */
  public static boolean isIn(Throwable failure) {
    Throwable origin = innermost(failure);
    return origin instanceof ChecksumException
        || origin instanceof CharacterCodingException
        || isSentNowhere(origin)
        || (mayBeOfDecoder(origin) && thrownByDecoder(origin.getStackTrace()));
  }

  /** What the innermost cause says, in a line. */
  public static String reason(Throwable failure) {
    return String.valueOf(innermost(failure).getMessage()).lines().findFirst().orElse("");
  }

  private static boolean mayBeOfDecoder(Throwable origin) {
    return origin instanceof Exception
        && !(origin instanceof ReflectiveOperationException)
        && !(origin instanceof InterruptedException)
        && !(origin instanceof InterruptedIOException)
        && !(origin instanceof ClosedByInterruptException);
  }

  /** Whether a decoder asked a file system for what lies outside a file. */
  private static boolean isSentNowhere(Throwable origin) {
    StackTraceElement[] trace = origin.getStackTrace();
    return origin instanceof EOFException
        && trace.length > 0
        && trace[0].getMethodName().equals("seek");
  }

  private static boolean thrownByDecoder(StackTraceElement[] trace) {
    return Arrays.stream(trace)
        .map(StackTraceElement::getClassName)
        .filter(name -> JDK.stream().noneMatch(name::startsWith))
        .findFirst()
        .filter(name -> DECODERS.stream().anyMatch(name::startsWith))
        .isPresent();
  }

  private static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
