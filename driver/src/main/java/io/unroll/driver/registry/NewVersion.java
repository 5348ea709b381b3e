package io.unroll.driver.registry;

import io.unroll.dataprep.DataException;
import io.unroll.driver.run.ModelDirectory;
import io.unroll.driver.run.RunLock;
import io.unroll.driver.run.Storage;
import io.unroll.driver.run.StorageException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The folder of a version that is being written, the file that makes it count at the end. */
record NewVersion(Storage storage, RunLock lock, int number) {
  /**
   * Copies a model, reads the copy back, and accepts it.
   *
   * @param sha256 of the model before it was judged
   * @throws DataException if it is another one by now
   */
  void write(Candidate candidate, String sha256, Optional<Judgement> judgement) {
    String folder = Registry.folder(number);
    lock.check();
    try {
      ModelDirectory.copy(candidate.storage(), candidate.directory(), storage, folder);
      requireSame(candidate, sha256, ModelDirectory.sha256(storage, folder));
    } catch (StorageException | DataException failure) {
      storage.deleteQuietly(folder, failure);
      throw failure;
    }
    lock.check();
    Version version =
        new Version(
            number,
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            sha256,
            candidate.uri(),
            candidate.runId(),
            judgement,
            candidate.program());
    storage.replace(folder + "/" + Version.FILE, version.toJson());
  }

  private static void requireSame(Candidate candidate, String sha256, String copied) {
    if (!copied.equals(sha256)) {
      throw new DataException(
          "Cannot promote the model %s: it was replaced meanwhile (promote it again when its run has ended)"
              .formatted(candidate.uri()));
    }
  }
}
