package io.unroll.dataprep.source;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.dataset.Sha256;
import io.unroll.dataprep.dataset.Source;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/** Sizes and SHA-256 of input files, taken by tasks, one file a task at a time. */
public final class SourceHashes {
  private SourceHashes() {}

  /**
   * The files as a manifest lists them.
   *
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
    try (var in = file.openRaw(hadoop, 0)) {
      Sha256 hash = new Sha256().add(in);
      if (hash.bytes() != file.bytes()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "Cannot read %s: it had %,d bytes, now %,d: it changes while it is read",
                file.uri(),
                file.bytes(),
                hash.bytes()));
      }
      return new Source(file.uri(), hash.bytes(), hash.digits());
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }
}
