package io.unroll.driver.cli;

import io.unroll.driver.report.ProgressLog;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneId;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Option;

/** What every command has that says more than its result. */
final class QuietOption {
  /** The loggers of this program: those of Spark and Hadoop only warn. */
  private static final String LOGGERS = "io.unroll";

  @Option(
      names = {"-q", "--quiet"},
      description = "prints results, warnings and errors only")
  private boolean quiet;

  /** Where to tell how far the command is. */
  ProgressLog progress(PrintWriter err) {
    return progress(err, 1);
  }

  /**
   * Where to tell how far the command is.
   *
   * @param every how many rounds come to one printed line of a round
   */
  ProgressLog progress(PrintWriter err, int every) {
    apply();
    Clock clock = Clock.system(ZoneId.systemDefault());
    return quiet ? ProgressLog.silent() : new ProgressLog(err, clock, every);
  }

  /** Keeps the program's loggers from telling news, if it is to be quiet. */
  void apply() {
    if (quiet) {
      Configurator.setLevel(LOGGERS, Level.WARN);
    }
  }
}
