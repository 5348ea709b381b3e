package io.unroll.dataprep.text;

import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.source.Outcome;
import io.unroll.dataprep.source.SourceFile;
import io.unroll.dataprep.tokenize.Cutter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * Running text in parts whose numbers of tokens are known, so that every token's place in the
 * corpus is known to whoever reads its part. The text itself is never kept: each pass reads it
 * anew.
 */
final class TextCorpus {
  private final Cluster cluster;
  private final Cutter cutter;
  private final List<Part> parts;
  private final long[] tokens;
  private final TextFindings findings;

  private TextCorpus(Cluster cluster, Cutter cutter, List<Part> parts, List<Counted> counted) {
    this.cluster = cluster;
    this.cutter = cutter;
    this.parts = parts;
    this.tokens = counted.stream().mapToLong(Counted::tokens).toArray();
    this.findings =
        counted.stream().map(Counted::findings).reduce(TextFindings.NONE, TextFindings::plus);
  }

  /** What a part holds. */
  private record Counted(long tokens, TextFindings findings) implements Serializable {}

  /**
   * Reads the files once, to count their tokens.
   *
   * @throws io.unroll.dataprep.DataException if a file cannot be read or is not UTF-8
   */
  static TextCorpus count(
      Cluster cluster,
      Cutter cutter,
      List<SourceFile> files,
      long partBytes,
      Normalization normalization) {
    List<Part> parts = Part.of(files, partBytes, normalization);
    var hadoop = cluster.hadoopInTasks();
    List<Outcome<Counted>> counts =
        cluster.named(
            "counting the tokens",
            () ->
                parallel(cluster, parts)
                    .map(part -> Outcome.of(() -> count(part, cutter, hadoop.value().value())))
                    .collect());
    return new TextCorpus(cluster, cutter, parts, counts.stream().map(Outcome::orThrow).toList());
  }

  private static Counted count(Part part, Cutter cutter, Configuration hadoop) {
    var observer = new TextFindings.Observer();
    long count = 0;
    try (var stream = new PartTokens(part, cutter, hadoop, observer::observe)) {
      while (stream.next() != null) {
        count++;
      }
    }
    return new Counted(count, observer.findings());
  }

  private static <T> JavaRDD<T> parallel(Cluster cluster, List<T> items) {
    return cluster.context().parallelize(items, Math.max(1, items.size()));
  }

  /** What deserves a word in the text of all parts, as it is in the files. */
  TextFindings findings() {
    return findings;
  }

  /** Tokens of all parts. */
  long size() {
    long size = 0;
    for (long count : tokens) {
      size += count;
    }
    return size;
  }

  /** How often each token occurs from {@code begin} (inclusive) to {@code end} (exclusive). */
  JavaPairRDD<String, Long> frequencies(long begin, long end) {
    var hadoop = cluster.hadoopInTasks();
    var cutterInTasks = cutter;
    return parallel(cluster, ranges(begin, end))
        .mapPartitionsToPair(
            ranges -> new Frequencies(ranges, cutterInTasks, hadoop.value().value()))
        .reduceByKey(Long::sum);
  }

  /**
   * The ids from {@code begin} (inclusive) to {@code end} (exclusive), in pieces that do not cross
   * the borders of blocks, keyed by the position of their first token, counted from {@code begin}.
   */
  JavaPairRDD<Long, int[]> pieces(
      long begin, long end, Broadcast<Vocabulary> vocabulary, int blockLength) {
    var hadoop = cluster.hadoopInTasks();
    return parallel(cluster, ranges(begin, end))
        .flatMapToPair(
            range -> new Pieces(range, vocabulary.value(), blockLength, hadoop.value().value()));
  }

  private List<TokenRange> ranges(long begin, long end) {
    List<TokenRange> ranges = new ArrayList<>();
    long partBegin = 0;
    for (int x = 0; x < tokens.length; x++) {
      long partEnd = partBegin + tokens[x];
      long first = Math.max(begin, partBegin);
      long last = Math.min(end, partEnd);
      if (first < last) {
        ranges.add(new TokenRange(parts.get(x), first - partBegin, last - first, first - begin));
      }
      partBegin = partEnd;
    }
    return ranges;
  }
}
