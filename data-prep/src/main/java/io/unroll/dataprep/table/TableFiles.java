package io.unroll.dataprep.table;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.source.Cluster;
import io.unroll.dataprep.source.Inputs;
import io.unroll.dataprep.source.Packing;
import io.unroll.dataprep.source.Recognition;
import io.unroll.dataprep.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The files of a table: found, and recognised before Spark reads them. */
final class TableFiles {
  private TableFiles() {}

  /**
   * Finds them.
   *
   * @throws DataException if one is missing, or of another format
   */
  static List<SourceFile> find(Cluster cluster, TableFormat.Kind kind, List<String> uris) {
    List<SourceFile> files = new Inputs(cluster.hadoop()).files(uris);
    switch (kind) {
      case PARQUET ->
          files.forEach(file -> requireMark(file, "PAR1", "a Parquet", cluster.hadoop()));
      case ORC -> files.forEach(file -> requireMark(file, "ORC", "an ORC", cluster.hadoop()));
      default -> Recognition.of(cluster, files).forEach(TableFiles::requireReadable);
    }
    return files;
  }

  private static void requireMark(SourceFile file, String mark, String what, Configuration hadoop) {
    byte[] expected = mark.getBytes(StandardCharsets.US_ASCII);
    try (var in = file.openRaw(hadoop, 0)) {
      if (!Arrays.equals(in.readNBytes(expected.length), expected)) {
        throw new DataException(
            "Cannot read %s: it is not %s file (--format says what the inputs are)"
                .formatted(file.uri(), what));
      }
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  /** Spark goes by names: what it does not unpack, it would read as it lies there. */
  private static void requireReadable(SourceFile file) {
    String name = file.uri();
    boolean unpacked =
        switch (file.packing()) {
          case NONE -> true;
          case GZIP -> name.endsWith(".gz");
          case BZIP2 -> name.endsWith(".bz2");
          default -> false;
        };
    if (!unpacked) {
      boolean byName = file.packing() == Packing.GZIP || file.packing() == Packing.BZIP2;
      throw new DataException(
          "Cannot read %s: it is packed, and Spark does not unpack it (%s)"
              .formatted(
                  name,
                  byName
                      ? "rename it, so that its name ends in .gz or .bz2 as it is packed"
                      : "unpack it first"));
    }
  }
}
