package io.unroll.driver.cli;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.LoggerFactory;
import scala.concurrent.ExecutionContext;

/**
 * Opens Spark as the commands do and is ended in the middle of a job, when Spark's pools and
 * endpoints tell what they refuse: Scala on {@code System.err}, Spark in its log. It is luck
 * whether a real run is ended at such a moment.
 */
final class RefusedWorkProgram {
  /** Before Spark's own hook, which has 50, and after what has more. */
  private static final int PRIORITY = 75;

  private RefusedWorkProgram() {}

  public static void main(String[] arguments) {
    SparkSessions.open("refused-work", "local[1]");
    ShutdownHookManager.get().addShutdownHook(RefusedWorkProgram::refuse, PRIORITY);
    System.exit(ExitCode.INTERRUPTED.code());
  }

  private static void refuse() {
    ExecutorService stopped = Executors.newSingleThreadExecutor();
    ExecutionContext context = ExecutionContext.fromExecutorService(stopped);
    stopped.shutdown();
    try {
      context.execute(() -> {});
    } catch (RejectedExecutionException e) {
      context.reportFailure(e);
      LoggerFactory.getLogger("org.apache.spark.rpc.netty.Inbox").error("Ignoring error", e);
    }
  }
}
