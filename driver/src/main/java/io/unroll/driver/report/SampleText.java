package io.unroll.driver.report;

import java.util.Objects;

/**
 * What the model wrote after a round.
 *
 * @param round the round before it; 0 is the untrained model
 * @param prompt what it was given to continue; may be empty
 * @param text the continuation, without the prompt; any characters at all
 */
public record SampleText(int round, String prompt, String text) implements RunEvent {

  /**
   * @throws IllegalArgumentException if the round is negative
   */
  public SampleText {
    Checks.require(round >= 0, "round", round, ">= 0");
    Objects.requireNonNull(prompt, "prompt");
    Objects.requireNonNull(text, "text");
  }
}
