package io.unroll.dataprep.coco;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.counting.PreparedVocabulary;
import io.unroll.dataprep.counting.TokenCounts;
import io.unroll.dataprep.dataset.DatasetContent;
import io.unroll.dataprep.dataset.DatasetKind;
import io.unroll.dataprep.dataset.DatasetWriter;
import io.unroll.dataprep.dataset.Manifest;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.SplitRows;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.source.ComparedSources;
import io.unroll.dataprep.source.EarlierSources;
import io.unroll.dataprep.source.Inputs;
import io.unroll.dataprep.source.Recognition;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.source.SourceHashes;
import io.unroll.dataprep.summary.Count;
import io.unroll.dataprep.summary.PreparationSummary;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** COCO's captions to a dataset of kind captions. Belongs to the Spark driver. */
public final class CocoPreparation {
  private final SparkSession spark;
  private final CocoOptions options;

  public CocoPreparation(SparkSession spark, CocoOptions options) {
    this.spark = spark;
    this.options = options;
  }

  /**
   * Reads, counts, encodes and writes.
   *
   * @throws DataException if an input is missing or malformed, an id is there twice, a caption has
   *     no image
   * @throws io.unroll.dataprep.OutputExistsException if something is at the output that must not be
   *     replaced
   * @throws java.io.UncheckedIOException if the output cannot be written; no manifest is left then
   */
  public PreparationSummary run() {
    var writer = DatasetWriter.to(spark, options.target());
    try (var cluster = new Cluster(spark)) {
      var comparison = EarlierSources.comparison(options.target().since(), cluster.hadoop());
      var lists = new ImageLists(cluster.hadoop());
      List<SourceFile> files =
          Recognition.of(cluster, new Inputs(cluster.hadoop()).files(options.input()));
      List<SourceFile> all = new ArrayList<>(files);
      all.addAll(lists.read(Split.VALID, options.validImages()));
      all.addAll(lists.read(Split.TEST, options.testImages()));
      ComparedSources sources = comparison.apply(SourceHashes.of(cluster, all));
      try (var corpus = CocoCorpus.count(cluster, options.vocabulary().tokenizer(), files)) {
        corpus.checkReferences();
        return prepare(cluster, writer, sources, new CaptionSplits(corpus, lists, options));
      }
    }
  }

  private PreparationSummary prepare(
      Cluster cluster, DatasetWriter writer, ComparedSources sources, CaptionSplits splits) {
    Map<Split, CaptionSplits.Size> sizes = cluster.named("dividing the captions", splits::sizes);
    var counts =
        new TokenCounts(
            splits
                .captions(Split.TRAIN)
                .flatMap(caption -> caption.caption().words().iterator())
                .mapToPair(word -> new Tuple2<>(word, 1L))
                .reduceByKey(Long::sum),
            JavaPairRDD.fromJavaRDD(cluster.context().emptyRDD()));
    PreparedVocabulary prepared =
        cluster.named("counting the vocabulary", () -> options.vocabulary().prepare(counts));
    Broadcast<Vocabulary> encoder = cluster.context().broadcast(prepared.vocabulary());
    try {
      Map<Split, SplitRows> rows = new EnumMap<>(Split.class);
      sizes.forEach((split, size) -> rows.put(split, rows(splits, split, size, encoder)));
      var content =
          new DatasetContent(
              DatasetKind.CAPTIONS,
              prepared.vocabulary(),
              0,
              sources.files(),
              rows,
              sources.changes());
      Manifest manifest = cluster.named("writing the dataset", () -> writer.write(content));
      return new PreparationSummary(
          options.target().uri(),
          manifest,
          prepared.newTokens(),
          cluster.named("counting the vocabulary", counts::mostFrequent),
          Stream.of(notes(sizes), sources.notes(options.fractions()))
              .flatMap(List::stream)
              .toList());
    } finally {
      encoder.unpersist(true);
    }
  }

  private SplitRows rows(
      CaptionSplits splits, Split split, CaptionSplits.Size size, Broadcast<Vocabulary> encoder) {
    JavaRDD<SplitCaption> captions = splits.captions(split).filter(c -> !c.isEmpty());
    var rows = CaptionRows.of(captions, size.captions(), splits.images(), encoder);
    return new SplitRows(
        spark.createDataFrame(rows, DatasetKind.CAPTIONS.schema()), size.tokens(), size.images());
  }

  private static List<String> notes(Map<Split, CaptionSplits.Size> sizes) {
    long images = sizes.values().stream().mapToLong(CaptionSplits.Size::images).sum();
    long captions = sizes.values().stream().mapToLong(CaptionSplits.Size::captions).sum();
    long empty = sizes.values().stream().mapToLong(CaptionSplits.Size::empty).sum();
    return List.of(
        "%s and %s read; %s without a word left out"
            .formatted(
                Count.of(images, "image"),
                Count.of(captions + empty, "caption"),
                Count.of(empty, "caption")));
  }
}
