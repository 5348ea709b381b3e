package io.unroll.dataprep.coco;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.source.Outcome;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The entries of some caption files, known to be well formed, kept by Spark while it is open. Files
 * are read by a task each.
 */
final class CocoCorpus implements AutoCloseable {
  private final Cluster cluster;
  private final List<CocoFile> files;
  private final JavaRDD<CocoEntry> entries;
  private final long imageCount;

  private CocoCorpus(Cluster cluster, List<CocoFile> files, Tokenizer tokenizer, long imageCount) {
    var hadoop = cluster.hadoopInTasks();
    this.cluster = cluster;
    this.files = files;
    this.imageCount = imageCount;
    this.entries =
        parallel(cluster, files)
            .flatMap(file -> new CocoEntries(file, tokenizer, hadoop.value().value()))
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Images and captions of a file. */
  private record Counts(long images, long captions) implements Serializable {}

  /**
   * Reads the files once, to see whether they are well formed and to count their entries.
   *
   * @throws DataException if a file is malformed or truncated
   */
  static CocoCorpus count(Cluster cluster, Tokenizer tokenizer, List<SourceFile> sources) {
    var hadoop = cluster.hadoopInTasks();
    List<Outcome<Counts>> outcomes =
        cluster.named(
            "counting the captions",
            () ->
                parallel(cluster, sources)
                    .map(
                        source ->
                            Outcome.of(() -> count(source, tokenizer, hadoop.value().value())))
                    .collect());
    List<CocoFile> files = new ArrayList<>();
    long images = 0;
    long captions = 0;
    for (Outcome<Counts> outcome : outcomes) {
      Counts counts = outcome.orThrow();
      files.add(new CocoFile(sources.get(files.size()), files.size(), images, captions));
      images += counts.images();
      captions += counts.captions();
    }
    return new CocoCorpus(cluster, files, tokenizer, images);
  }

  private static Counts count(SourceFile source, Tokenizer tokenizer, Configuration hadoop) {
    long images = 0;
    long captions = 0;
    try (var in = source.open(hadoop, 0);
        var parser = new CocoParser(new CocoFile(source, 0, 0, 0), tokenizer, in)) {
      for (CocoEntry entry = parser.next(); entry != null; entry = parser.next()) {
        if (entry instanceof CocoEntry.Image) {
          images++;
        } else {
          captions++;
        }
      }
      return new Counts(images, captions);
    } catch (IOException e) {
      throw source.unreadable(e);
    }
  }

  private static <T> JavaRDD<T> parallel(Cluster cluster, List<T> items) {
    return cluster.context().parallelize(items, items.size());
  }

  long imageCount() {
    return imageCount;
  }

  JavaRDD<CocoEntry.Image> images() {
    return entries.filter(CocoEntry.Image.class::isInstance).map(CocoEntry.Image.class::cast);
  }

  JavaRDD<CocoEntry.Caption> captions() {
    return entries.filter(CocoEntry.Caption.class::isInstance).map(CocoEntry.Caption.class::cast);
  }

  /**
   * @throws DataException if an id is there twice, or a caption has no image
   */
  void checkReferences() {
    cluster.named(
        "checking the ids",
        () -> {
          checkUnique("image", images());
          checkUnique("caption", captions());
          checkImages();
          return null;
        });
  }

  private void checkUnique(String what, JavaRDD<? extends CocoEntry> all) {
    JavaPairRDD<Long, Long> twice =
        all.mapToPair(entry -> new Tuple2<>(entry.id(), 1L))
            .reduceByKey(Long::sum)
            .filter(pair -> pair._2() > 1);
    List<Long> first = twice.keys().takeOrdered(1);
    if (!first.isEmpty()) {
      long id = first.get(0);
      List<Integer> where = all.filter(entry -> entry.id() == id).map(CocoEntry::file).collect();
      List<String> uris = where.stream().distinct().sorted().map(this::uri).toList();
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot read %s: %s id %d is there %d times",
              String.join(" and ", uris),
              what,
              id,
              where.size()));
    }
  }

  private void checkImages() {
    List<Tuple2<Long, Long>> orphans =
        captions()
            .mapToPair(caption -> new Tuple2<>(caption.image(), caption.ordinal()))
            .subtractByKey(images().mapToPair(image -> new Tuple2<>(image.id(), 0)))
            .mapToPair(Tuple2::swap)
            .sortByKey()
            .take(1);
    for (Tuple2<Long, Long> orphan : orphans) {
      long ordinal = orphan._1();
      CocoEntry.Caption caption = captions().filter(c -> c.ordinal() == ordinal).first();
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot read %s: annotation id %d belongs to image id %d, which is not among the images",
              uri(caption.file()),
              caption.id(),
              caption.image()));
    }
  }

  private String uri(int file) {
    return files.get(file).source().uri();
  }

  @Override
  public void close() {
    entries.unpersist(true);
  }
}
