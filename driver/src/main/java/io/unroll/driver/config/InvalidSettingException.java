package io.unroll.driver.config;

/** A setting has a value that it must not have. The message is complete for the user. */
public final class InvalidSettingException extends IllegalArgumentException {
  private final String key;

  InvalidSettingException(String key, String value, String expected) {
    super("Invalid %s: %s (expected %s)".formatted(key, value, expected));
    this.key = key;
  }

  /** The setting. */
  public String key() {
    return key;
  }
}
