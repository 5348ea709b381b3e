package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class UncaughtFailuresTest {
  private final BlockingQueue<Integer> exits = new LinkedBlockingQueue<>();
  private final StringWriter err = new StringWriter();

  private void fail(Throwable failure) {
    new UncaughtFailures(new PrintWriter(err), exits::add)
        .uncaughtException(new Thread("result-getter"), failure);
  }

  @Test
  void aThreadThatDiesForWantOfMemoryEndsTheProcessWithAdvice() throws InterruptedException {
    fail(new OutOfMemoryError("Java heap space"));
    assertEquals(1, exits.poll(10, TimeUnit.SECONDS));
    assertTrue(err.toString().contains("UNROLL_MEMORY=8g"), err.toString());
  }

  @Test
  void whateverElseKillsAThreadIsToldOnly() {
    fail(new IllegalStateException("no\u001b[2J"));
    assertTrue(
        err.toString().startsWith("Exception in thread result-getter: java.lang.IllegalState"),
        err.toString());
    assertTrue(err.toString().contains("no\\x1b[2J"), err.toString());
    assertTrue(exits.isEmpty());
  }

  @Test
  void errorsThatACommandThrowsGetTheSameAdvice() {
    CommandLine program =
        Unroll.commandLine((spark, configuration, out, stop) -> null)
            .addSubcommand(new GreedyCommand())
            .setErr(new PrintWriter(err));
    assertEquals(1, program.execute("greedy"));
    assertTrue(err.toString().contains("out of memory (Java heap space)"), err.toString());
  }

  @Command(name = "greedy")
  private static final class GreedyCommand implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new OutOfMemoryError("Java heap space");
    }
  }
}
