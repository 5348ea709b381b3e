package io.unroll.dataprep.coco;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Split;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** The captions of each split; those of an image are all in one. */
final class CaptionSplits {
  private final CocoCorpus corpus;
  private final JavaRDD<CocoEntry.Image> images;
  private final ImageLists lists;
  private final ImageSplits assignment;
  private final JavaRDD<SplitCaption> captions;
  private final Set<Split> wanted;

  /**
   * @param images those that take part
   */
  CaptionSplits(
      CocoCorpus corpus, JavaRDD<CocoEntry.Image> images, ImageLists lists, CocoOptions options) {
    var divided = new ImageSplits(lists.places(), options.fractions(), corpus.imageCount());
    this.corpus = corpus;
    this.lists = lists;
    this.images = images;
    this.assignment = divided;
    this.wanted = wanted(options);
    this.captions =
        corpus
            .captions()
            .mapToPair(caption -> new Tuple2<>(caption.image(), caption))
            .join(images.mapToPair(image -> new Tuple2<>(image.id(), image)))
            .values()
            .map(pair -> new SplitCaption(divided.of(pair._2()), pair._2().ordinal(), pair._1()));
  }

  private static Set<Split> wanted(CocoOptions options) {
    Set<Split> wanted = new HashSet<>();
    for (Split split : Split.values()) {
      List<String> listed =
          switch (split) {
            case TRAIN -> List.of();
            case VALID -> options.validImages();
            case TEST -> options.testImages();
          };
      if (options.fractions().of(split) > 0 || !listed.isEmpty()) {
        wanted.add(split);
      }
    }
    return wanted;
  }

  /**
   * What a split has.
   *
   * @param captions those with at least one word
   * @param empty those without
   * @param tokens of the captions, begin and end included
   */
  record Size(long images, long captions, long empty, long tokens) implements Serializable {
    static Size of(SplitCaption caption) {
      return caption.isEmpty()
          ? new Size(0, 0, 1, 0)
          : new Size(0, 1, 0, caption.caption().words().size() + 2);
    }

    Size plus(Size other) {
      return new Size(
          images + other.images,
          captions + other.captions,
          empty + other.empty,
          tokens + other.tokens);
    }
  }

  long images() {
    return corpus.imageCount();
  }

  JavaRDD<SplitCaption> captions(Split split) {
    return captions.filter(caption -> caption.split() == split);
  }

  /**
   * Sizes of the splits that are wanted.
   *
   * @throws DataException if one has no captions, or a list names an image that is not there
   */
  Map<Split, Size> sizes() {
    checkLists();
    var divided = assignment;
    Map<Split, Size> sizes = new EnumMap<>(Split.class);
    // Keyed by name: the hash of an enum differs from JVM to JVM.
    images
        .map(image -> divided.of(image).label())
        .countByValue()
        .forEach((split, images) -> sizes.put(Split.of(split), new Size(images, 0, 0, 0)));
    captions
        .mapToPair(caption -> new Tuple2<>(caption.split().label(), Size.of(caption)))
        .reduceByKey(Size::plus)
        .collect()
        .forEach(pair -> sizes.merge(Split.of(pair._1()), pair._2(), Size::plus));
    for (Split split : wanted) {
      if (!sizes.containsKey(split) || sizes.get(split).captions() == 0) {
        throw new DataException(
            "Cannot prepare split %s: it would have no captions (give more images, or another share)"
                .formatted(split.label()));
      }
    }
    return sizes;
  }

  private void checkLists() {
    Set<Long> missing = new HashSet<>(lists.places().keySet());
    Set<Long> listed = Set.copyOf(missing);
    corpus
        .images()
        .map(CocoEntry.Image::id)
        .filter(listed::contains)
        .collect()
        .forEach(missing::remove);
    if (!missing.isEmpty()) {
      long first = Collections.min(missing);
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot use %s: image id %d is not among the images of the input",
              lists.places().get(first),
              first));
    }
  }
}
