package io.unroll.driver.serve;

import io.unroll.driver.config.SampleSettings;
import io.unroll.worker.decode.SamplingOptions;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What is asked of a language model.
 *
 * @param length most tokens to write
 * @param stops strings that end the text, which has none of them
 * @param stream whether the answer comes piece by piece
 * @param probabilities whether the probability of each token is told
 * @param echo whether the answer begins with the prompt
 */
record CompletionRequest(
    String prompt,
    int length,
    SamplingOptions options,
    List<String> stops,
    boolean stream,
    boolean probabilities,
    boolean echo) {
  private static final int USUAL_LENGTH = 256;
  private static final int MOST_STOPS = 4;
  private static final int LONGEST_STOP = 256;

  /** Reads the fields of OpenAI's completions that have a meaning here, and top_k. */
  static CompletionRequest of(Fields fields, ServedModel model, ServeLimits limits) {
    model.require(fields.text("model"));
    fields.ignore("user");
    fields.requireOnly("n", 1);
    int usual = Math.min(USUAL_LENGTH, limits.tokens());
    boolean probabilities = fields.requireOnly("logprobs", 0);
    var request =
        new CompletionRequest(
            fields.text("prompt").orElse(""),
            fields.integer("max_tokens", 1, limits.tokens(), usual),
            options(fields),
            stops(fields),
            fields.flag("stream"),
            probabilities,
            fields.flag("echo"));
    fields.requireNoOthers();
    return request;
  }

  /** Temperature 0 takes the likeliest token, as OpenAI has it. */
  private static SamplingOptions options(Fields fields) {
    double temperature =
        fields
            .number("temperature")
            .orElseGet(() -> SampleSettings.TEMPERATURE.defaultValue().orElseThrow());
    boolean greedy = temperature == 0;
    try {
      return new SamplingOptions(
          greedy ? 1 : temperature,
          fields.integer("top_k", 0, Integer.MAX_VALUE, 0),
          fields.number("top_p").orElse(1.0),
          greedy,
          fields
              .integer("seed")
              .orElseGet(() -> ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE)));
    } catch (IllegalArgumentException e) {
      throw Refusal.ofRequest("%s", e.getMessage());
    }
  }

  private static List<String> stops(Fields fields) {
    List<String> stops = fields.texts("stop").orElse(List.of());
    boolean wrong =
        stops.size() > MOST_STOPS
            || stops.stream().anyMatch(stop -> stop.isEmpty() || stop.length() > LONGEST_STOP);
    if (wrong) {
      throw Refusal.ofRequest(
          "Invalid stop (expected at most %d strings of 1 to %d characters)",
          MOST_STOPS, LONGEST_STOP);
    }
    return stops;
  }
}
