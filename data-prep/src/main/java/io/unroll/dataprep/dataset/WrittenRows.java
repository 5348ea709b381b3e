package io.unroll.dataprep.dataset;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.Partitioner;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * What the rows of a split are, whatever the files that hold them. The hash is taken over the
 * hashes of the rows in ascending order of their identifiers, so that only those need be brought
 * together: see docs/formats/dataset.md.
 *
 * @param rows their number
 * @param tokens ids in all rows
 * @param unknown how many of them are {@code <unk>}
 * @param sha256 of the rows, in hexadecimal digits
 */
record WrittenRows(long rows, long tokens, long unknown, String sha256) implements Serializable {

  /**
   * Reads the rows once, as one Spark job.
   *
   * @param unknown the id of {@code <unk>}, or one that no token has
   */
  static WrittenRows of(Dataset<Row> rows, DatasetKind kind, int unknown) {
    return TokenRow.of(rows, kind)
        .javaRDD()
        .mapToPair(row -> new Tuple2<>(HashedRow.of(row, unknown), true))
        .repartitionAndSortWithinPartitions(new OnePartition())
        .mapPartitions(sorted -> Collections.singleton(sum(sorted)).iterator())
        .first();
  }

  private static WrittenRows sum(Iterator<Tuple2<HashedRow, Boolean>> sorted) {
    var hash = new Sha256();
    long rows = 0;
    long tokens = 0;
    long unknown = 0;
    while (sorted.hasNext()) {
      HashedRow row = sorted.next()._1();
      hash.add(row.sha256());
      rows++;
      tokens += row.tokens();
      unknown += row.unknown();
    }
    return new WrittenRows(rows, tokens, unknown, hash.digits());
  }

  /** A row without its tokens. */
  private record HashedRow(long[] identifiers, int tokens, int unknown, byte[] sha256)
      implements Serializable, Comparable<HashedRow> {

    static HashedRow of(TokenRow row, int unknown) {
      long[] identifiers = row.getIdentifiers();
      int[] tokens = row.getTokens();
      int found = (int) Arrays.stream(tokens).filter(token -> token == unknown).count();
      byte[] sha256 = new Sha256().add(identifiers).add(tokens).digest();
      return new HashedRow(identifiers, tokens.length, found, sha256);
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
