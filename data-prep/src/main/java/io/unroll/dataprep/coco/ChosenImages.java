package io.unroll.dataprep.coco;

import io.unroll.dataprep.features.FeatureCorpus;
import io.unroll.dataprep.summary.Count;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Which images take part: those that are not excluded and, where there are vectors, have some.
 *
 * @param images those that do
 * @param notes what is left out
 */
record ChosenImages(JavaRDD<CocoEntry.Image> images, List<String> notes) {
  static ChosenImages of(
      CocoCorpus corpus, ExcludedImages excluded, Optional<FeatureCorpus> vectors) {
    List<String> notes = new ArrayList<>();
    Set<Long> out = new HashSet<>(excluded.ids());
    JavaRDD<CocoEntry.Image> wanted = corpus.images().filter(image -> !out.contains(image.id()));
    if (!excluded.files().isEmpty()) {
      JavaRDD<Long> left = corpus.images().map(CocoEntry.Image::id).filter(out::contains);
      notes.add(
          "%s left out: they are among the %s that are excluded"
              .formatted(counts(corpus, left), Count.of(out.size(), "image")));
    }
    return vectors
        .map(own -> withVectors(corpus, wanted, own, out, notes))
        .orElseGet(() -> new ChosenImages(wanted, notes));
  }

  private static ChosenImages withVectors(
      CocoCorpus corpus,
      JavaRDD<CocoEntry.Image> wanted,
      FeatureCorpus vectors,
      Set<Long> excluded,
      List<String> notes) {
    JavaPairRDD<Long, CocoEntry.Image> byId =
        wanted.mapToPair(image -> new Tuple2<>(image.id(), image));
    JavaPairRDD<Long, Boolean> there = vectors.byImage().mapValues(values -> true);
    JavaRDD<Long> without = byId.subtractByKey(there).keys();
    if (!without.isEmpty()) {
      notes.add("%s left out: they have no vectors".formatted(counts(corpus, without)));
    }
    long unused =
        there
            .subtractByKey(captioned(corpus))
            .filter(image -> !excluded.contains(image._1()))
            .count();
    if (unused > 0) {
      notes.add(
          "vectors of %s left out: they have no caption".formatted(Count.of(unused, "image")));
    }
    return new ChosenImages(byId.join(there).values().map(Tuple2::_1), notes);
  }

  private static JavaPairRDD<Long, Boolean> captioned(CocoCorpus corpus) {
    return corpus.captions().mapToPair(caption -> new Tuple2<>(caption.image(), true));
  }

  /** Some images and their captions, in words. */
  private static String counts(CocoCorpus corpus, JavaRDD<Long> images) {
    JavaPairRDD<Long, Boolean> byId = images.mapToPair(id -> new Tuple2<>(id, true));
    return "%s and %s"
        .formatted(
            Count.of(byId.count(), "image"),
            Count.of(captioned(corpus).join(byId).count(), "caption"));
  }
}
