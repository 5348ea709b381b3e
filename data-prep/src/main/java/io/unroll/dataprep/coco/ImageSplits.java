package io.unroll.dataprep.coco;

import io.unroll.dataprep.dataset.Fractions;
import io.unroll.dataprep.dataset.Split;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/** Which split an image belongs to: the one that lists it, or by its place among all images. */
final class ImageSplits implements Serializable {
  private static final long serialVersionUID = 1L;

  private final HashMap<Long, Split> listed = new HashMap<>();
  private final long validBegin;
  private final long testBegin;

  ImageSplits(Map<Long, ImageLists.Place> places, Fractions fractions, long images) {
    places.forEach((id, place) -> listed.put(id, place.split()));
    this.validBegin = fractions.begin(Split.VALID, images);
    this.testBegin = fractions.begin(Split.TEST, images);
  }

  Split of(CocoEntry.Image image) {
    Split own = listed.get(image.id());
    if (own != null) {
      return own;
    }
    if (image.ordinal() >= testBegin) {
      return Split.TEST;
    }
    return image.ordinal() >= validBegin ? Split.VALID : Split.TRAIN;
  }
}
