package io.unroll.driver.data;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.dataset.TokenRow;
import io.unroll.driver.transfer.ChecksummedShuffle;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * Cuts a split of running text into ranges, one partition each, reading every block once. Ranges
 * may overlap; a block that several ranges share goes to each of them.
 */
final class RunningText {
  /** A stretch of consecutive tokens on its way to the range that it belongs to. */
  private record Piece(long from, int[] tokens) implements Serializable {}

  private RunningText() {}

  /**
   * One element per range, in the order of the ranges, each a partition of its own.
   *
   * @param ranges neither begins nor ends are in descending order
   */
  static JavaRDD<int[]> ranges(
      SparkSession spark, DatasetDirectory dataset, Split split, List<TokenRange> ranges) {
    int blockLength = dataset.manifest().blockLength();
    JavaPairRDD<Integer, Piece> pieces =
        TokenRow.of(dataset.rows(spark, split), dataset.manifest().kind())
            .javaRDD()
            .flatMapToPair(
                row -> pieces(row.getIdentifiers()[0] * blockLength, row.getTokens(), ranges));
    return ChecksummedShuffle.partitioned(pieces, new HashPartitioner(ranges.size()))
        .mapPartitionsWithIndex((index, found) -> joined(ranges.get(index), found), true);
  }

  private static Iterator<Tuple2<Integer, Piece>> pieces(
      long blockFrom, int[] tokens, List<TokenRange> ranges) {
    long blockTo = blockFrom + tokens.length;
    List<Tuple2<Integer, Piece>> pieces = new ArrayList<>();
    for (int r = firstEndingAfter(blockFrom, ranges);
        r < ranges.size() && ranges.get(r).from() < blockTo;
        r++) {
      long from = Math.max(blockFrom, ranges.get(r).from());
      long to = Math.min(blockTo, ranges.get(r).to());
      int[] copy = Arrays.copyOfRange(tokens, (int) (from - blockFrom), (int) (to - blockFrom));
      pieces.add(new Tuple2<>(r, new Piece(from, copy)));
    }
    return pieces.iterator();
  }

  /** Binary search: the first range with tokens at or behind a position, or their number. */
  private static int firstEndingAfter(long position, List<TokenRange> ranges) {
    int low = 0;
    int high = ranges.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ranges.get(middle).to() > position) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Pieces of one range come from different blocks, so they do not overlap. */
  private static Iterator<int[]> joined(TokenRange range, Iterator<Tuple2<Integer, Piece>> pieces) {
    int[] tokens = new int[range.length()];
    int found = 0;
    while (pieces.hasNext()) {
      Piece piece = pieces.next()._2();
      int length = piece.tokens().length;
      System.arraycopy(piece.tokens(), 0, tokens, (int) (piece.from() - range.from()), length);
      found += length;
    }
    if (found != tokens.length) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot read tokens %d to %d: the dataset's blocks hold %d of them; prepare it again",
              range.from(),
              range.to(),
              found));
    }
    return Collections.singleton(tokens).iterator();
  }
}
