package io.unroll.driver.run;

/** A file is not what it should be; the message says which and why, without "Cannot". */
final class DamagedException extends Exception {
  DamagedException(String message) {
    super(message);
  }
}
