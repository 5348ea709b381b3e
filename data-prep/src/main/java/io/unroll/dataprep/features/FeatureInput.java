package io.unroll.dataprep.features;

import io.unroll.dataprep.examples.ExampleInput;
import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/** A file of vectors of images, before it is known how many numbers they must have. */
interface FeatureInput extends Serializable {
  /**
   * F of its first image.
   *
   * @throws io.unroll.dataprep.DataException if it cannot be told
   */
  int vectorSize(Configuration hadoop);

  /** The same, where vectors of other sizes are refused. */
  ExampleInput of(int vectorSize);

  /** What a failure of reading is, for the user. */
  RuntimeException unreadable(IOException cause);
}
