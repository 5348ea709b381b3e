package io.unroll.worker.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** Why Jackson refused a document, without the options of Jackson that would have let it pass. */
final class JsonReason {
  private static final Pattern ADVICE =
      Pattern.compile(
          ": enable `[^`]*` to allow| \\(not recognized as one since .*|, from `[^`]*`");

  /** What Jackson calls a place: some versions show the document, others an option. */
  private static final Pattern SOURCE =
      Pattern.compile("\\[Source: .*; (line: \\d+, column: \\d+)\\]", Pattern.DOTALL);

  private JsonReason() {}

  /** The reason, without the place. */
  static String of(JsonProcessingException refusal) {
    String places = SOURCE.matcher(refusal.getOriginalMessage()).replaceAll("$1");
    return ADVICE.matcher(places).replaceAll("");
  }
}
