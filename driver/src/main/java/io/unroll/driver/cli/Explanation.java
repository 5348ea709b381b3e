package io.unroll.driver.cli;

/**
 * What a failure means for the user.
 *
 * @param code exit code of the process
 * @param message complete for the user: what cannot be done, why, and the usual remedy
 */
record Explanation(ExitCode code, String message) {
  /** The environment refused. */
  static Explanation ofEnvironment(String message) {
    return new Explanation(ExitCode.FAILURE, message);
  }

  /** Data, or a model, that cannot be used. */
  static Explanation ofData(String message) {
    return new Explanation(ExitCode.BAD_DATA, message);
  }
}
