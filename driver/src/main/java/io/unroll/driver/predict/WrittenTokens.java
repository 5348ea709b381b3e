package io.unroll.driver.predict;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.worker.decode.BeamTokens;

/** The tokens of a vocabulary that mean something to a search. */
public final class WrittenTokens {
  private WrittenTokens() {}

  /** Those of a vocabulary of texts that have a beginning and an end. */
  public static BeamTokens of(Vocabulary written) {
    return new BeamTokens(
        written.begin().orElseThrow(), written.end().orElseThrow(), written.unknown());
  }
}
