package io.unroll.driver.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * Lets a process that is ended in the middle of a job end without a word of Spark's. Spark takes
 * its executors away then and tells, with a stack trace each, of every task that nobody is left to
 * do.
 */
final class QuietEnd {
  /** Above that of Spark's own hook, which stops the session: higher ones run first. */
  private static final int PRIORITY = 100;

  private static final Runnable HOOK = QuietEnd::silence;

  private QuietEnd() {}

  /** Holds for all sessions of this process, open or to be opened. */
  static void ensure() {
    ShutdownHookManager hooks = ShutdownHookManager.get();
    if (!hooks.hasShutdownHook(HOOK) && !hooks.isShutdownInProgress()) {
      hooks.addShutdownHook(HOOK, PRIORITY);
    }
  }

  private static void silence() {
    // Scala prints what its pools of threads refuse there; Unroll itself writes to the descriptor.
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {});
    Option<SparkSession> session = SparkSession.getDefaultSession();
    if (session.isDefined()) {
      session.get().sparkContext().setLogLevel("OFF");
    }
  }
}
