package io.unroll.driver.cli;

import io.unroll.driver.train.TrainingRun;
import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command printed, and its exit code. */
record Execution(int code, String out, String err) {
  static Execution of(String... arguments) {
    return of(TrainingRun::run, arguments);
  }

  static Execution of(Training training, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Unroll.commandLine(training)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Execution(code, out.toString(), err.toString());
  }
}
