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
import io.unroll.dataprep.dataset.VocabularyUse;
import io.unroll.dataprep.features.FeatureCorpus;
import io.unroll.dataprep.features.FeatureFiles;
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
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * COCO's captions to a dataset of kind captions or, with vectors of the images, of examples.
 * Belongs to the Spark driver.
 */
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
      var excluded = ExcludedImages.read(options.excludedImages(), cluster.hadoop());
      all.addAll(excluded.files());
      Optional<FeatureFiles> features =
          options.vectors().map(own -> FeatureFiles.find(spark, cluster, own));
      features.ifPresent(own -> all.addAll(own.sources()));
      ComparedSources sources = comparison.apply(SourceHashes.of(cluster, all));
      try (var corpus = CocoCorpus.count(cluster, options.vocabulary().tokenizer(), files)) {
        corpus.checkReferences();
        if (features.isEmpty()) {
          var run = new Run(cluster, writer, sources, Optional.empty());
          return prepare(run, corpus, lists, excluded);
        }
        try (var vectors = features.get().open()) {
          var run = new Run(cluster, writer, sources, Optional.of(vectors));
          return prepare(run, corpus, lists, excluded);
        }
      }
    }
  }

  /** What a preparation works with from its beginning to its end. */
  private record Run(
      Cluster cluster,
      DatasetWriter writer,
      ComparedSources sources,
      Optional<FeatureCorpus> vectors) {}

  private PreparationSummary prepare(
      Run run, CocoCorpus corpus, ImageLists lists, ExcludedImages excluded) {
    ChosenImages chosen =
        run.cluster()
            .named("choosing the images", () -> ChosenImages.of(corpus, excluded, run.vectors()));
    var splits = new CaptionSplits(corpus, chosen.images(), lists, options);
    return prepare(run, splits, chosen.notes());
  }

  private PreparationSummary prepare(Run run, CaptionSplits splits, List<String> leftOut) {
    Cluster cluster = run.cluster();
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
    List<String> notes = new ArrayList<>(leftOut);
    notes.add(note(sizes, leftOut.isEmpty()));
    try {
      DatasetContent content =
          run.vectors().isPresent()
              ? cluster.named(
                  "bringing captions to their vectors",
                  () -> examples(run, splits, sizes.keySet(), encoder, notes))
              : captions(run, splits, sizes, encoder);
      Manifest manifest = cluster.named("writing the dataset", () -> run.writer().write(content));
      notes.addAll(run.sources().notes(options.fractions()));
      return new PreparationSummary(
          options.target().uri(),
          manifest,
          prepared.newTokens(),
          cluster.named("counting the vocabulary", counts::mostFrequent),
          notes);
    } finally {
      encoder.unpersist(true);
    }
  }

  private DatasetContent captions(
      Run run,
      CaptionSplits splits,
      Map<Split, CaptionSplits.Size> sizes,
      Broadcast<Vocabulary> vocabulary) {
    Map<Split, SplitRows> rows = new EnumMap<>(Split.class);
    sizes.forEach((split, size) -> rows.put(split, rows(splits, split, size, vocabulary)));
    return new DatasetContent(
        DatasetKind.CAPTIONS,
        vocabulary.value(),
        0,
        run.sources().files(),
        rows,
        run.sources().changes());
  }

  private DatasetContent examples(
      Run run,
      CaptionSplits splits,
      Set<Split> wanted,
      Broadcast<Vocabulary> vocabulary,
      List<String> notes) {
    var captions = new VectorCaptions(spark, run.vectors().orElseThrow());
    Map<Split, SplitRows> rows = new EnumMap<>(Split.class);
    List<String> images = new ArrayList<>();
    for (Split split : wanted) {
      var own = captions.rows(splits.captions(split).filter(c -> !c.isEmpty()), vocabulary);
      rows.put(split, own.rows());
      images.add("%s in %s".formatted(Count.of(own.images(), "image"), split.label()));
    }
    notes.add("the examples are about " + String.join(", ", images));
    return new DatasetContent(
        DatasetKind.EXAMPLES,
        Map.of(VocabularyUse.TARGETS, vocabulary.value()),
        0,
        run.sources().files(),
        rows,
        run.sources().changes(),
        Optional.of(captions.shape()));
  }

  private SplitRows rows(
      CaptionSplits splits, Split split, CaptionSplits.Size size, Broadcast<Vocabulary> encoder) {
    JavaRDD<SplitCaption> captions = splits.captions(split).filter(c -> !c.isEmpty());
    var rows = CaptionRows.of(captions, size.captions(), splits.images(), encoder);
    return new SplitRows(
        spark.createDataFrame(rows, DatasetKind.CAPTIONS.schema()), size.tokens(), size.images());
  }

  private static String note(Map<Split, CaptionSplits.Size> sizes, boolean all) {
    long images = sizes.values().stream().mapToLong(CaptionSplits.Size::images).sum();
    long captions = sizes.values().stream().mapToLong(CaptionSplits.Size::captions).sum();
    long empty = sizes.values().stream().mapToLong(CaptionSplits.Size::empty).sum();
    return "%s and %s %s; %s without a word left out"
        .formatted(
            Count.of(images, "image"),
            Count.of(captions + empty, "caption"),
            all ? "read" : "are left",
            Count.of(empty, "caption"));
  }
}
