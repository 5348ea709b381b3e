package io.unroll.driver.predict;

import io.unroll.driver.report.AlignmentPicture;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * What was written about the vectors of an image.
 *
 * @param image its id
 * @param read names of the vectors
 * @param written tokens of the text
 * @param weights of the vectors when each token was written; empty where the model has no attention
 */
public record Described(
    long image, String text, List<String> read, List<String> written, float[][] weights)
    implements Serializable {
  /** The id, a tab, and the text. */
  public String line() {
    return String.format(Locale.ROOT, "%d\t%s", image, text);
  }

  /** What the model looked at, of one that has attention. */
  public AlignmentPicture picture() {
    return new AlignmentPicture(read, written, weights);
  }
}
