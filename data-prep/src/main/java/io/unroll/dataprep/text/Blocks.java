package io.unroll.dataprep.text;

import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.Tuple2;

/** Pieces of running text to rows {@code (block, tokens)}, in the order of the corpus. */
final class Blocks implements Iterator<Row> {
  /** Tokens per Parquet file: some 64 MB before encoding. */
  private static final long TOKENS_PER_FILE = 1L << 24;

  private final Iterator<Tuple2<Long, int[]>> pieces;
  private final int blockLength;
  private final long size;

  private Blocks(Iterator<Tuple2<Long, int[]>> pieces, int blockLength, long size) {
    this.pieces = pieces;
    this.blockLength = blockLength;
    this.size = size;
  }

  /**
   * @param size tokens of all pieces
   */
  static JavaRDD<Row> of(JavaPairRDD<Long, int[]> pieces, int blockLength, long size) {
    long tokensPerFile = Math.max(1, TOKENS_PER_FILE / blockLength) * blockLength;
    return pieces
        .repartitionAndSortWithinPartitions(new ByPosition(tokensPerFile, size))
        .mapPartitions(sorted -> new Blocks(sorted, blockLength, size));
  }

  /** Files hold consecutive blocks, so their number and content follow from the text alone. */
  private static final class ByPosition extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final long tokensPerFile;
    private final int files;

    ByPosition(long tokensPerFile, long size) {
      this.tokensPerFile = tokensPerFile;
      this.files = Math.toIntExact((size + tokensPerFile - 1) / tokensPerFile);
    }

    @Override
    public int numPartitions() {
      return files;
    }

    @Override
    public int getPartition(Object position) {
      return (int) ((long) position / tokensPerFile);
    }
  }

  @Override
  public boolean hasNext() {
    return pieces.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Tuple2<Long, int[]> piece = pieces.next();
    long block = piece._1() / blockLength;
    int[] tokens = new int[(int) Math.min(blockLength, size - block * blockLength)];
    int filled = put(piece, block, tokens, 0);
    while (filled < tokens.length) {
      filled = put(pieces.next(), block, tokens, filled);
    }
    return RowFactory.create(block, tokens);
  }

  private int put(Tuple2<Long, int[]> piece, long block, int[] tokens, int filled) {
    if (piece._1() != block * blockLength + filled) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "Piece at position %d, expected %d",
              piece._1(),
              block * blockLength + filled));
    }
    System.arraycopy(piece._2(), 0, tokens, filled, piece._2().length);
    return filled + piece._2().length;
  }
}
