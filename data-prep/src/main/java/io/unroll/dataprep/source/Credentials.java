package io.unroll.dataprep.source;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Secrets in URIs: passwords, as in {@code ftp://user:password@host/path}, and the parameters that
 * sign an address, as in {@code https://host/path?X-Amz-Signature=…}. URIs are printed, logged and
 * stored, so one with a secret is refused; what others may have printed is hidden.
 */
public final class Credentials {
  /** What comes before the colon between user and password. */
  private static final String USER = "://[^\\s/:@\\[]*?";

  /** A colon, encoded once or several times. */
  private static final String ENCODED_COLON = "%(?:25)*3[aA]";

  /**
   * From the user to the last "@", unless the colon is that of a port. Not only in the authority: a
   * secret may have slashes in it.
   */
  private static final Pattern PASSWORD =
      Pattern.compile(USER + "(?::(?!\\d{1,5}(?:/|$))|" + ENCODED_COLON + ")\\S*@");

  /** Names of buckets have neither colon nor port, so what follows one is a secret always. */
  private static final Pattern S3_PASSWORD =
      Pattern.compile(
          "(?<=\\bs3[an]?)" + USER + "(?::|" + ENCODED_COLON + ")(?:\\S*@|[^\\s/]+)",
          Pattern.CASE_INSENSITIVE);

  /** A parameter that signs an address or stands for a password; group 1 is its name. */
  private static final Pattern SIGNATURE =
      Pattern.compile(
          "((?:[?&;#]|%3F|%26)"
              + "(?:X-(?:Amz|Goog)-(?:Signature|Credential|Security-Token)|AWSAccessKeyId"
              + "|GoogleAccessId|sig|signature|[-\\w]*(?:token|password|secret|api[-_]?key))"
              + "(?:=|%3D))[^\\s&;#'\"<>]+",
          Pattern.CASE_INSENSITIVE);

  private Credentials() {}

  /** Whether a URI has a secret in it. A path without a scheme has none, whatever its name is. */
  public static boolean areIn(String uri) {
    return uri.contains("://")
        && Stream.of(PASSWORD, S3_PASSWORD, SIGNATURE)
            .anyMatch(secret -> secret.matcher(uri).find());
  }

  /** A text with three stars in place of each secret: user and password, or the signature. */
  public static String hiddenIn(String text) {
    String withoutS3 =
        S3_PASSWORD
            .matcher(text)
            .replaceAll(found -> found.group().endsWith("@") ? "://***@" : "://***");
    String withoutPasswords = PASSWORD.matcher(withoutS3).replaceAll("://***@");
    return SIGNATURE.matcher(withoutPasswords).replaceAll("$1***");
  }
}
