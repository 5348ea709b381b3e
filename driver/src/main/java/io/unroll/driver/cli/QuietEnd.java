package io.unroll.driver.cli;

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
    Option<SparkSession> session = SparkSession.getDefaultSession();
    if (session.isDefined()) {
      session.get().sparkContext().setLogLevel("OFF");
    }
  }
}
