package io.unroll.dataprep.dataset;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.place.Damage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads a split through, to see whether it is what its manifest says. */
final class SplitCheck {
  private final DatasetDirectory dataset;
  private final Split split;
  private final String directory;
  private final SplitContent content;

  SplitCheck(DatasetDirectory dataset, Split split) {
    this.dataset = dataset;
    this.split = split;
    this.directory = dataset.directory(split).toString();
    this.content = dataset.manifest().content(split);
  }

  /**
   * @throws DataException if something does not hold; what Spark throws if anything else failed
   */
  void check(SparkSession spark) {
    dataset.checkFiles(split);
    try {
      checkHashes(spark);
      checkRows(dataset.rows(spark, split));
    } catch (DataException e) {
      throw e;
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      if (Damage.isIn(e)) {
        throw new DataException(
            "Cannot read %s: it is damaged (%s)".formatted(directory, Damage.reason(e)), e);
      }
      dataset.checkFiles(split); // one may be gone since
      throw e;
    }
  }

  private void checkHashes(SparkSession spark) {
    List<String> files = dataset.files(split);
    List<String> hashes = PartFiles.hashes(spark, files);
    for (int x = 0; x < files.size(); x++) {
      String expected = content.files().get(x).sha256();
      if (!hashes.get(x).equals(expected)) {
        throw new DataException(
            "Cannot read %s: its SHA-256 is %s, but the manifest says %s: it was changed or damaged"
                .formatted(files.get(x), hashes.get(x), expected));
      }
    }
  }

  /** All in one pass. */
  private void checkRows(Dataset<Row> rows) {
    Optional<ExampleShape> examples = dataset.manifest().examples();
    if (examples.isPresent()) {
      new ExampleCheck(dataset, split, examples.get()).check(rows);
      return;
    }
    DatasetKind kind = dataset.manifest().kind();
    Stream<String> own =
        switch (kind) {
          case STREAM -> blockSums();
          case SEQUENCES -> sequenceSums();
          default -> Stream.empty();
        };
    Row found = rows.selectExpr(Stream.concat(tokenSums(), own).toArray(String[]::new)).first();
    checkTokens(found);
    if (kind == DatasetKind.STREAM) {
      checkBlocks(found);
    } else if (kind == DatasetKind.SEQUENCES) {
      checkSequences(found);
    }
  }

  private static Stream<String> tokenSums() {
    return Stream.of(
        "count(*)",
        "coalesce(sum(size(tokens)), 0)",
        "coalesce(min(array_min(tokens)), 0)",
        "coalesce(max(array_max(tokens)), 0)",
        "count_if(exists(tokens, t -> t is null) or size(tokens) < 1)");
  }

  private Stream<String> blockSums() {
    long last = content.rows() - 1;
    int length = dataset.manifest().blockLength();
    return Stream.of(
        String.format(Locale.ROOT, "count_if(block between 0 and %d)", last),
        "count(distinct block)",
        String.format(
            Locale.ROOT,
            "count_if(size(tokens) > %1$d or size(tokens) < %1$d and block <> %2$d)",
            length,
            last));
  }

  private Stream<String> sequenceSums() {
    long last = content.rows() - 1;
    return Stream.of(
        String.format(Locale.ROOT, "count_if(id between 0 and %d)", last),
        "count(distinct id)",
        "coalesce(sum(given), 0)",
        "count_if(given < 0 or given > size(tokens) - 2)");
  }

  private void checkTokens(Row found) {
    expect("rows", content.rows(), found.getLong(0));
    expect("tokens", content.tokens(), found.getLong(1));
    expect("rows without tokens", 0, found.getLong(4));
    int size = dataset.vocabulary().size();
    if (found.getInt(2) < 0 || found.getInt(3) >= size) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot read %s: its token ids are %d to %d (expected 0 to %d)",
              directory,
              found.getInt(2),
              found.getInt(3),
              size - 1));
    }
  }

  private void checkBlocks(Row found) {
    expect("blocks numbered from 0", content.rows(), found.getLong(5));
    expect("different blocks", content.rows(), found.getLong(6));
    expect("blocks of another length", 0, found.getLong(7));
  }

  private void checkSequences(Row found) {
    expect("sequences numbered from 0", content.rows(), found.getLong(5));
    expect("different sequences", content.rows(), found.getLong(6));
    expect("given tokens", content.given(), found.getLong(7));
    expect("sequences with nothing to predict", 0, found.getLong(8));
  }

  private void expect(String what, long expected, long found) {
    if (found != expected) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Cannot read %s: it has %,d %s (expected %,d)",
              directory,
              found,
              what,
              expected));
    }
  }
}
