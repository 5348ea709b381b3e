package io.unroll.dataprep.source;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Source;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Sizes and SHA-256 of input files, taken by tasks, one file a task at a time. */
public final class SourceHashes {
  private static final int BUFFER = 1 << 20;

  private SourceHashes() {}

  /**
   * @throws DataException if a file cannot be read, or has another size than when it was listed
   */
  public static List<Source> of(Cluster cluster, List<SourceFile> files) {
    var context = cluster.context();
    var hadoop = cluster.hadoopInTasks();
    int tasks = Math.min(files.size(), 16 * context.defaultParallelism());
    List<Outcome<Source>> outcomes =
        cluster.named(
            "hashing the inputs",
            () ->
                context
                    .parallelize(files, tasks)
                    .map(file -> Outcome.of(() -> source(file, hadoop.value().value())))
                    .collect());
    return outcomes.stream().map(Outcome::orThrow).toList();
  }

  private static Source source(SourceFile file, Configuration hadoop) {
    long bytes = 0;
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER];
    try (var in = file.openRaw(hadoop, 0)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        bytes += read;
      }
    } catch (IOException e) {
      throw file.unreadable(e);
    }
    if (bytes != file.bytes()) {
      throw new DataException(
          "Cannot read %s: it had %,d bytes, now %,d: it changes while it is read"
              .formatted(file.uri(), file.bytes(), bytes));
    }
    return new Source(file.uri(), bytes, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
