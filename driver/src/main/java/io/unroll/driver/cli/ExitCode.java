package io.unroll.driver.cli;

/** What the process says to the script that started it; also listed in README.md. */
public enum ExitCode {
  /** Done, or already done. */
  DONE(0),
  /** The environment refused, or a fault of Unroll. */
  FAILURE(1),
  /** Wrong usage or configuration. */
  USAGE(2),
  /** Data, or a model, that cannot be used. */
  BAD_DATA(3),
  /** The loss was no longer a finite number. */
  DIVERGED(4),
  /** Interrupted; the same command goes on (EX_TEMPFAIL of sysexits.h: try again later). */
  INTERRUPTED(75),
  /** Nobody reads standard output any more; as shells have it, 128 + SIGPIPE. */
  READER_GONE(128 + 13);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
