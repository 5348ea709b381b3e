package io.unroll.dataprep.coco;

import io.unroll.dataprep.dataset.Split;
import java.io.Serializable;
import java.util.Comparator;

/**
 * A caption in its split. Captions are ordered as their images are in the files, then as they are
 * themselves.
 *
 * @param imageOrdinal its image's place among all images
 */
record SplitCaption(Split split, long imageOrdinal, CocoEntry.Caption caption)
    implements Serializable, Comparable<SplitCaption> {
  private static final Comparator<SplitCaption> ORDER =
      Comparator.comparingLong(SplitCaption::imageOrdinal)
          .thenComparingLong(c -> c.caption().ordinal());

  @Override
  public int compareTo(SplitCaption other) {
    return ORDER.compare(this, other);
  }

  boolean isEmpty() {
    return caption.words().isEmpty();
  }
}
