package io.unroll.driver.sample;

import io.unroll.driver.report.SampleText;
import java.util.Optional;

/** What is shown of a model after a validation, so that people see what it has learnt. */
@FunctionalInterface
public interface Illustration {
  /**
   * Shows it.
   *
   * @param round the round before it; 0 is the untrained model
   * @param parameters flat, in the layout of the run's architecture
   * @return empty if nothing is to be shown
   */
  Optional<SampleText> after(int round, float[] parameters);
}
