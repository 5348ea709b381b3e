package io.unroll.driver.cli;

/**
 * How the program tells its exit code. Processes do so by theirs; a driver that YARN runs in its
 * application master must not end the process, or YARN is told nothing but "Shutdown hook called
 * before final status was reported": it returns, or throws what YARN then shows as diagnostics.
 */
final class ProcessEnd {
  private ProcessEnd() {}

  /**
   * Ends the process, or the program within it.
   *
   * @param errors the last lines of standard error
   */
  static void with(int code, String errors) {
    if (!isInApplicationMaster()) {
      System.exit(code);
    }
    if (code != ExitCode.DONE.code()) {
      throw new FailedApplication(code, errors);
    }
  }

  /** Spark sets both there, whatever was submitted. */
  private static boolean isInApplicationMaster() {
    return "yarn".equals(System.getProperty("spark.master"))
        && "cluster".equals(System.getProperty("spark.submit.deployMode"));
  }

  /** What Spark prints of it is the message and nothing else. */
  @SuppressWarnings("OverrideThrowableToString") // the name of the class would be in front
  static final class FailedApplication extends RuntimeException {
    FailedApplication(int code, String errors) {
      super("Unroll ended with exit code " + code + "\n" + errors, null, false, false);
    }

    @Override
    public String toString() {
      return getMessage();
    }
  }
}
