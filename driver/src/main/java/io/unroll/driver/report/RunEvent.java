package io.unroll.driver.report;

/**
 * Something worth telling about a run, in the order in which it happened. A run that was killed and
 * resumed may tell a round again; then the later event counts.
 */
public sealed interface RunEvent permits RoundMetrics, ValidationMetrics, SampleText {

  /** The round after which this was seen, from 1; 0 is the untrained model. */
  int round();
}
