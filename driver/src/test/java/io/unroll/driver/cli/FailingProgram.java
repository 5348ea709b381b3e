package io.unroll.driver.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The program with one more command, which fails as only a fault of Unroll does. */
final class FailingProgram {
  private FailingProgram() {}

  public static void main(String[] arguments) {
    System.exit(
        Unroll.run(
            Unroll.commandLine((spark, configuration, out, stop) -> null)
                .addSubcommand(new FailCommand()),
            ProgramStreams.ofProcess(),
            arguments));
  }

  @Command(name = "fail")
  private static final class FailCommand implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new IllegalStateException("never");
    }
  }
}
