package io.unroll.driver.data;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.DatasetDirectory;
import io.unroll.dataprep.dataset.Split;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
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

  /** One element per range, in the order of the ranges, each a partition of its own. */
  static JavaRDD<int[]> ranges(
      SparkSession spark, DatasetDirectory dataset, Split split, List<TokenRange> ranges) {
    int blockLength = dataset.manifest().blockLength();
    return dataset
        .rows(spark, split)
        .select("block", "tokens")
        .javaRDD()
        .flatMapToPair(row -> pieces(row, blockLength, ranges))
        .partitionBy(new HashPartitioner(ranges.size()))
        .mapPartitionsWithIndex((index, pieces) -> joined(ranges.get(index), pieces), true);
  }

  private static Iterator<Tuple2<Integer, Piece>> pieces(
      Row row, int blockLength, List<TokenRange> ranges) {
    long blockFrom = row.getLong(0) * blockLength;
    List<Integer> tokens = row.getList(1);
    long blockTo = blockFrom + tokens.size();
    List<Tuple2<Integer, Piece>> pieces = new ArrayList<>();
    for (int r = 0; r < ranges.size(); r++) {
      long from = Math.max(blockFrom, ranges.get(r).from());
      long to = Math.min(blockTo, ranges.get(r).to());
      if (from < to) {
        int[] copy = new int[(int) (to - from)];
        for (int x = 0; x < copy.length; x++) {
          copy[x] = tokens.get((int) (from - blockFrom) + x);
        }
        pieces.add(new Tuple2<>(r, new Piece(from, copy)));
      }
    }
    return pieces.iterator();
  }

  private static Iterator<int[]> joined(TokenRange range, Iterator<Tuple2<Integer, Piece>> pieces) {
    List<Piece> sorted = new ArrayList<>();
    pieces.forEachRemaining(pair -> sorted.add(pair._2()));
    sorted.sort(Comparator.comparingLong(Piece::from));
    int[] tokens = new int[range.length()];
    long next = range.from();
    for (Piece piece : sorted) {
      if (piece.from() != next) {
        break;
      }
      System.arraycopy(
          piece.tokens(), 0, tokens, (int) (next - range.from()), piece.tokens().length);
      next += piece.tokens().length;
    }
    if (next != range.to()) {
      throw new DataException(
          "Cannot read tokens %d to %d: the dataset's blocks end at %d; prepare it again"
              .formatted(range.from(), range.to(), next));
    }
    return Collections.singleton(tokens).iterator();
  }
}
