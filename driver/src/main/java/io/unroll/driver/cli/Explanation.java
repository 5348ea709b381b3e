package io.unroll.driver.cli;

import java.util.List;

/**
 * What a failure means for the user.
 *
 * @param code exit code of the process
 * @param lines complete for the user: what cannot be done, why, and the usual remedy; what others
 *     wrote, such as names, may have any character in it, but begins no line
 */
record Explanation(ExitCode code, List<String> lines) {
  /** The environment refused. */
  static Explanation ofEnvironment(String... lines) {
    return new Explanation(ExitCode.FAILURE, List.of(lines));
  }

  /** Data, or a model, that cannot be used. */
  static Explanation ofData(String... lines) {
    return new Explanation(ExitCode.BAD_DATA, List.of(lines));
  }
}
