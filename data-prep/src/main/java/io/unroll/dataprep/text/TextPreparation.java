package io.unroll.dataprep.text;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.counting.PreparedVocabulary;
import io.unroll.dataprep.counting.TokenCounts;
import io.unroll.dataprep.dataset.DatasetContent;
import io.unroll.dataprep.dataset.DatasetKind;
import io.unroll.dataprep.dataset.DatasetWriter;
import io.unroll.dataprep.dataset.Fractions;
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
import io.unroll.dataprep.summary.PreparationSummary;
import io.unroll.dataprep.tokenize.Cutter;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * Running text to a dataset of kind stream. Belongs to the Spark driver, which never holds text,
 * only the counts that make the vocabulary.
 *
 * <p>The text is read four times: to hash the files, to count their tokens (then every token's
 * place is known), to count the training split's vocabulary, and to encode. Where subwords are
 * learnt, it is counted twice: its words, and then what they are cut into. In all but the first,
 * large files are read in parts, side by side; compressed ones cannot be.
 */
public final class TextPreparation {
  private static final long SMALLEST_PART = 1L << 20;
  private static final long LARGEST_PART = 1L << 26;

  /** Parts per core: the last ones to end are then short. */
  private static final int PARTS_PER_CORE = 4;

  /** What a gradient takes at least: a token, and the one to predict. */
  private static final int FEWEST_TOKENS = 2;

  private final SparkSession spark;
  private final TextOptions options;
  private final long smallestPart;

  public TextPreparation(SparkSession spark, TextOptions options) {
    this(spark, options, SMALLEST_PART);
  }

  /**
   * @param smallestPart bytes below which a file is not cut
   */
  TextPreparation(SparkSession spark, TextOptions options, long smallestPart) {
    this.spark = spark;
    this.options = options;
    this.smallestPart = smallestPart;
  }

  /**
   * Reads, counts, encodes and writes.
   *
   * @throws DataException if an input is missing, empty, unreadable, not UTF-8, or too short
   * @throws io.unroll.dataprep.OutputExistsException if something is at the output that must not be
   *     replaced
   * @throws java.io.UncheckedIOException if the output cannot be written; no manifest is left then
   */
  public PreparationSummary run() {
    var writer = DatasetWriter.to(spark, options.target());
    try (var cluster = new Cluster(spark)) {
      var comparison = EarlierSources.comparison(options.target().since(), cluster.hadoop());
      Map<Split, List<SourceFile>> files = files(cluster);
      ComparedSources sources =
          comparison.apply(
              SourceHashes.of(
                  cluster,
                  files.values().stream().flatMap(Collection::stream).distinct().toList()));
      Cutter counted = options.vocabulary().cutter();
      Map<Split, TextRange> words = ranges(cluster, files, counted);
      TokenCounts counts = counts(cluster, words);
      PreparedVocabulary prepared =
          cluster.named("counting the vocabulary", () -> options.vocabulary().prepare(counts));
      Cutter cutter = prepared.vocabulary().cutter();
      boolean learnt = !cutter.equals(counted);
      Map<Split, TextRange> ranges = learnt ? ranges(cluster, files, cutter) : words;
      TokenCounts tokens = learnt ? counts(cluster, ranges) : counts;
      Manifest manifest = write(cluster, writer, prepared.vocabulary(), sources, ranges);
      return new PreparationSummary(
          options.target().uri(),
          manifest,
          prepared.newTokens(),
          cluster.named("counting the vocabulary", tokens::mostFrequent),
          Stream.of(findings(ranges), sources.notes(options.fractions()))
              .flatMap(List::stream)
              .toList());
    }
  }

  private static TokenCounts counts(Cluster cluster, Map<Split, TextRange> ranges) {
    return new TokenCounts(ranges.get(Split.TRAIN).frequencies(), elsewhere(cluster, ranges));
  }

  private List<String> findings(Map<Split, TextRange> ranges) {
    return ranges.values().stream()
        .map(TextRange::corpus)
        .distinct()
        .map(TextCorpus::findings)
        .reduce(TextFindings.NONE, TextFindings::plus)
        .notes(options.tokenizer(), options.normalization());
  }

  private Map<Split, List<SourceFile>> files(Cluster cluster) {
    var inputs = new Inputs(cluster.hadoop());
    Map<Split, List<SourceFile>> files = new EnumMap<>(Split.class);
    files.put(Split.TRAIN, Recognition.of(cluster, inputs.files(options.input())));
    if (!options.validInput().isEmpty()) {
      files.put(Split.VALID, Recognition.of(cluster, inputs.files(options.validInput())));
    }
    if (!options.testInput().isEmpty()) {
      files.put(Split.TEST, Recognition.of(cluster, inputs.files(options.testInput())));
    }
    return files;
  }

  private Map<Split, TextRange> ranges(
      Cluster cluster, Map<Split, List<SourceFile>> files, Cutter cutter) {
    Map<Split, TextRange> ranges = new EnumMap<>(Split.class);
    if (options.hasSeparateInputs()) {
      files.forEach(
          (split, own) -> {
            TextCorpus corpus = count(cluster, own, cutter);
            ranges.put(split, new TextRange(corpus, 0, corpus.size()));
          });
    } else {
      TextCorpus corpus = count(cluster, files.get(Split.TRAIN), cutter);
      Fractions fractions = options.fractions();
      for (Split split : Split.values()) {
        long begin = fractions.begin(split, corpus.size());
        long end = fractions.end(split, corpus.size());
        if (fractions.of(split) > 0) {
          ranges.put(split, new TextRange(corpus, begin, end));
        }
      }
    }
    ranges.forEach(this::checkLength);
    return ranges;
  }

  private TextCorpus count(Cluster cluster, List<SourceFile> files, Cutter cutter) {
    long bytes = files.stream().mapToLong(SourceFile::bytes).sum();
    long share = bytes / (PARTS_PER_CORE * (long) cluster.context().defaultParallelism());
    long partBytes = Math.max(smallestPart, Math.min(LARGEST_PART, share));
    return TextCorpus.count(cluster, cutter, files, partBytes, options.normalization());
  }

  private void checkLength(Split split, TextRange range) {
    if (range.size() < FEWEST_TOKENS) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot prepare split %s: it would have %d of the %d tokens of its text (expected at least %d; give more text, or another share)",
              split.label(),
              range.size(),
              range.corpus().size(),
              FEWEST_TOKENS));
    }
  }

  private static JavaPairRDD<String, Long> elsewhere(
      Cluster cluster, Map<Split, TextRange> ranges) {
    JavaPairRDD<String, Long> tokens = JavaPairRDD.fromJavaRDD(cluster.context().emptyRDD());
    for (var range : ranges.entrySet()) {
      if (range.getKey() != Split.TRAIN) {
        tokens = tokens.union(range.getValue().frequencies());
      }
    }
    return tokens;
  }

  private Manifest write(
      Cluster cluster,
      DatasetWriter writer,
      Vocabulary vocabulary,
      ComparedSources sources,
      Map<Split, TextRange> ranges) {
    Broadcast<Vocabulary> encoder = cluster.context().broadcast(vocabulary);
    try {
      Map<Split, SplitRows> splits = new EnumMap<>(Split.class);
      ranges.forEach((split, range) -> splits.put(split, rows(range, encoder)));
      var content =
          new DatasetContent(
              DatasetKind.STREAM,
              vocabulary,
              options.blockLength(),
              sources.files(),
              splits,
              sources.changes());
      return cluster.named("writing the dataset", () -> writer.write(content));
    } finally {
      encoder.unpersist(true);
    }
  }

  private SplitRows rows(TextRange range, Broadcast<Vocabulary> encoder) {
    var blocks = range.blocks(encoder, options.blockLength());
    var rows = spark.createDataFrame(blocks, DatasetKind.STREAM.schema());
    return new SplitRows(rows, range.size(), 0);
  }
}
