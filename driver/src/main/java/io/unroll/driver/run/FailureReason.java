package io.unroll.driver.run;

import java.io.FileNotFoundException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Map;

/** Says in words, with the remedy, why a file system refused. */
final class FailureReason {
  /** Words in an exception's message or class name, in lower case, and what they mean. */
  private static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry(
              "no space left",
              "no space left on device; free some, then run the same command again"),
          Map.entry(
              "not enough space",
              "no space left on device; free some, then run the same command again"),
          Map.entry(
              "disk quota exceeded",
              "quota exceeded; free some space, then run the same command again"),
          Map.entry(
              "quotaexceededexception",
              "quota exceeded; free some space, then run the same command again"),
          Map.entry("permission denied", "permission denied"),
          Map.entry("accesscontrolexception", "permission denied"),
          Map.entry("accessdeniedexception", "permission denied"),
          Map.entry("read-only file system", "the file system is read-only"),
          Map.entry("is not a directory", "a file is in the place of a directory"),
          Map.entry("not a directory", "a file is in the place of a directory"),
          Map.entry("is a directory", "a directory is in its place"));

  private FailureReason() {}

  /** The reason of a failure, one line without class names where it is a known one. */
  static String of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String text = cause.getClass().getSimpleName() + " " + cause.getMessage();
      String known = meaning(text.toLowerCase(Locale.ROOT));
      if (known != null) {
        return known;
      }
      if (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException) {
        return "no such file";
      }
      if (cause instanceof UnknownHostException) {
        return "unknown host " + cause.getMessage();
      }
    }
    return firstLine(failure);
  }

  private static String meaning(String text) {
    // The longer words first: "is not a directory" contains "not a directory".
    return MEANINGS.entrySet().stream()
        .filter(entry -> text.contains(entry.getKey()))
        .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
        .map(Map.Entry::getValue)
        .orElse(null);
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    return message.strip().lines().findFirst().orElseThrow();
  }
}
