package io.unroll.driver.config;

import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.Manifest;

/** What a dataset is to those who set up a training: which settings have an effect on it. */
public enum DataKind {
  /** Running text. */
  STREAM("stream"),
  /** Captions without what they are about. */
  CAPTIONS("captions"),
  /** Texts of their own. */
  SEQUENCES("sequences"),
  /** Examples with labels, or tags. */
  LABELLED("labelled examples"),
  /** Examples with texts: translations, captions of what is there. */
  PAIRS("pairs");

  private final String label;

  DataKind(String label) {
    this.label = label;
  }

  /** The name in messages and documentation. */
  String label() {
    return label;
  }

  /** What a dataset with that manifest is. */
  public static DataKind of(Manifest manifest) {
    return switch (manifest.kind()) {
      case STREAM -> STREAM;
      case CAPTIONS -> CAPTIONS;
      case SEQUENCES -> SEQUENCES;
      case EXAMPLES ->
          manifest.examples().orElseThrow().target() == ExampleShape.Target.TEXT ? PAIRS : LABELLED;
    };
  }
}
