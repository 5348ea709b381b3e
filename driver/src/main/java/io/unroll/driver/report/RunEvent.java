package io.unroll.driver.report;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * Something worth telling about a run, in the order in which it happened. Where a round is told
 * twice, as after a kill and a resume, the later event counts.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RunStart.class, name = "start"),
  @JsonSubTypes.Type(value = RoundMetrics.class, name = "round"),
  @JsonSubTypes.Type(value = ValidationMetrics.class, name = "validation"),
  @JsonSubTypes.Type(value = SampleText.class, name = "sample")
})
public sealed interface RunEvent permits RunStart, RoundMetrics, ValidationMetrics, SampleText {

  /** The round after which this was seen, from 1; 0 is the untrained model. */
  int round();
}
