package io.unroll.driver.report;

import io.unroll.dataprep.DataException;

/** A line of {@code metrics.jsonl} is damaged or of another version; the message names the line. */
public final class MalformedMetricsException extends DataException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  MalformedMetricsException(String file, int line, String reason, Throwable cause) {
    super("Cannot read " + file + ", line " + line + ": " + reason, cause);
    this.reason = reason;
  }

  /** What is wrong with the line. */
  String reason() {
    return reason;
  }
}
