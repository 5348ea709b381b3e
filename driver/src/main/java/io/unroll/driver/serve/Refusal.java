package io.unroll.driver.serve;

import java.util.Locale;

/** A request that is not answered: with what status, and why. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final int BAD_REQUEST = 400;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int NO_SUCH_METHOD = 405;
  static final int TOO_LARGE = 413;
  static final int OTHER_TYPE = 415;
  static final int BUSY = 503;
  static final int SERVER_ERROR = 500;

  private final int status;

  Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  static Refusal ofRequest(String format, Object... values) {
    return new Refusal(BAD_REQUEST, String.format(Locale.ROOT, format, values));
  }

  int status() {
    return status;
  }

  /** OpenAI's name for the kind. */
  String type() {
    return status >= SERVER_ERROR ? "server_error" : "invalid_request_error";
  }
}
