package io.unroll.driver.run;

/** A file is not what it should be; the message says which and why, without "Cannot". */
public final class DamagedException extends Exception {
  public DamagedException(String message) {
    super(message);
  }
}
