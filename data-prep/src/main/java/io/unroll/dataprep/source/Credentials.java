package io.unroll.dataprep.source;

import java.util.regex.Pattern;

/**
 * Passwords in URIs, as in {@code ftp://user:password@host/path}. URIs are printed, logged and
 * stored, so one with a password is refused; what others may have printed is hidden.
 */
public final class Credentials {
  /**
   * From the colon after a user to the last "@", unless the colon is that of a port. Not only in
   * the authority: a secret may have slashes in it.
   */
  private static final Pattern PASSWORD =
      Pattern.compile("://[^\\s/:@\\[]*:(?!\\d{1,5}(?:/|$))\\S*@");

  private Credentials() {}

  /** Whether a path or URI has a password in it. */
  public static boolean areIn(String uri) {
    return PASSWORD.matcher(uri).find();
  }

  /** A text with three stars in place of user and password of each URI. */
  public static String hiddenIn(String text) {
    return PASSWORD.matcher(text).replaceAll("://***@");
  }
}
