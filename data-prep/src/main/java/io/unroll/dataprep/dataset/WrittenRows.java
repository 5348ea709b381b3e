package io.unroll.dataprep.dataset;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * What the rows of a split are, whatever the files that hold them. The hash is taken over the
 * hashes of the rows in ascending order of their identifiers, so that only those need be brought
 * together: see docs/formats/dataset.md.
 *
 * @param rows their number
 * @param tokens ids in all rows, or vectors
 * @param unknown how many of them are {@code <unk>}
 * @param given tokens of sequences that are read only; 0 in other kinds
 * @param longest most steps of an example; 0 in other kinds
 * @param targets how often there is each label of examples
 * @param targetTexts what the texts that are the targets of examples add up to
 * @param sha256 of the rows, in hexadecimal digits
 */
record WrittenRows(
    long rows,
    long tokens,
    long unknown,
    long given,
    int longest,
    Map<String, Long> targets,
    TargetTexts targetTexts,
    String sha256) {

  /** An id that no token has. */
  private static final int NONE = -1;

  /**
   * Reads the rows once, as one Spark job; those of examples with labels once more, to count these.
   */
  static WrittenRows of(Dataset<Row> rows, DatasetContent content) {
    int unknown = unknown(content, VocabularyUse.TOKENS);
    if (content.examples().isEmpty()) {
      DatasetKind kind = content.kind();
      return sum(TokenRow.of(rows, kind).javaRDD().map(row -> HashedRow.of(row, unknown)))
          .with(kind == DatasetKind.SEQUENCES, 0, Map.of());
    }
    ExampleShape shape = content.examples().get();
    int unknownTarget = unknown(content, VocabularyUse.TARGETS);
    Sum sum =
        sum(
            ExampleRow.of(rows, shape)
                .javaRDD()
                .map(row -> HashedRow.of(row, shape, unknown, unknownTarget)));
    boolean labels = shape.target() != ExampleShape.Target.TEXT;
    return sum.with(
        false,
        sum.longest(),
        labels
            ? TargetCounts.of(rows, content.vocabularies().get(VocabularyUse.LABELS))
            : Map.of());
  }

  private static int unknown(DatasetContent content, VocabularyUse use) {
    Vocabulary vocabulary = content.vocabularies().get(use);
    return vocabulary == null ? NONE : vocabulary.unknown().orElse(NONE);
  }

  private static Sum sum(JavaRDD<HashedRow> rows) {
    return rows.mapToPair(row -> new Tuple2<>(row, true))
        .repartitionAndSortWithinPartitions(new OnePartition())
        .mapPartitions(sorted -> Collections.singleton(sum(sorted)).iterator())
        .first();
  }

  /**
   * What is added up over the rows.
   *
   * @param lastIdentifiers the last of each row's identifiers: of sequences, what is given
   */
  private record Sum(
      long rows,
      long tokens,
      long unknown,
      long lastIdentifiers,
      int longest,
      TargetTexts targetTexts,
      String sha256)
      implements Serializable {

    WrittenRows with(boolean sequences, int longestExample, Map<String, Long> targets) {
      long given = sequences ? lastIdentifiers : 0;
      return new WrittenRows(
          rows, tokens, unknown, given, longestExample, targets, targetTexts, sha256);
    }
  }

  private static Sum sum(Iterator<Tuple2<HashedRow, Boolean>> sorted) {
    var hash = new Sha256();
    long rows = 0;
    long tokens = 0;
    long unknown = 0;
    long lastIdentifiers = 0;
    int longest = 0;
    TargetTexts targetTexts = TargetTexts.NONE;
    while (sorted.hasNext()) {
      HashedRow row = sorted.next()._1();
      hash.add(row.sha256());
      rows++;
      tokens += row.tokens();
      unknown += row.unknown();
      lastIdentifiers += row.identifiers()[row.identifiers().length - 1];
      longest = Math.max(longest, row.tokens());
      targetTexts = targetTexts.plus(row.targetTokens(), row.targetUnknown());
    }
    return new Sum(rows, tokens, unknown, lastIdentifiers, longest, targetTexts, hash.digits());
  }

  /**
   * A row without its tokens.
   *
   * @param targetTokens those of its target text; 0 if it has none
   */
  private record HashedRow(
      long[] identifiers,
      int tokens,
      int unknown,
      int targetTokens,
      int targetUnknown,
      byte[] sha256)
      implements Serializable, Comparable<HashedRow> {

    static HashedRow of(TokenRow row, int unknown) {
      long[] identifiers = row.getIdentifiers();
      int[] tokens = row.getTokens();
      byte[] sha256 = new Sha256().add(identifiers).add(tokens).digest();
      return new HashedRow(identifiers, tokens.length, count(tokens, unknown), 0, 0, sha256);
    }

    static HashedRow of(ExampleRow row, ExampleShape shape, int unknown, int unknownTarget) {
      long[] identifiers =
          shape.grouped() ? new long[] {row.getId(), row.getGroup()} : new long[] {row.getId()};
      var hash = new Sha256().add(identifiers);
      // Lengths first, so that no number can move from one column to the next.
      hash.add(lengths(row)).add(row.getTokens()).add(row.getValues()).add(row.getTargets());
      byte[] sha256 = hash.add(row.getCharacters()).add(row.getWordLengths()).digest();
      boolean text = shape.target() == ExampleShape.Target.TEXT;
      return new HashedRow(
          identifiers,
          shape.steps(row),
          count(row.getTokens(), unknown),
          text ? row.getTargets().length : 0,
          text ? count(row.getTargets(), unknownTarget) : 0,
          sha256);
    }

    private static int[] lengths(ExampleRow row) {
      return new int[] {
        row.getTokens().length,
        row.getValues().length,
        row.getTargets().length,
        row.getCharacters().length,
        row.getWordLengths().length
      };
    }

    private static int count(int[] tokens, int unknown) {
      return (int) Arrays.stream(tokens).filter(token -> token == unknown).count();
    }

    @Override
    public int compareTo(HashedRow other) {
      return Arrays.compare(identifiers, other.identifiers);
    }
  }

  private static final class OnePartition extends Partitioner {
    private static final long serialVersionUID = 1L;

    @Override
    public int numPartitions() {
      return 1;
    }

    @Override
    public int getPartition(Object row) {
      return 0;
    }
  }
}
