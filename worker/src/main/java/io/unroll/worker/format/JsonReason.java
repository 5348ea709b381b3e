package io.unroll.worker.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** Why Jackson refused a document, without the options of Jackson that would have let it pass. */
final class JsonReason {
  private static final Pattern ADVICE =
      Pattern.compile(
          ": enable `[^`]*` to allow| \\(not recognized as one since .*|, from `[^`]*`");

  private JsonReason() {}

  /** The reason, without the place. */
  static String of(JsonProcessingException refusal) {
    return ADVICE.matcher(refusal.getOriginalMessage()).replaceAll("");
  }
}
