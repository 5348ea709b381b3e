package io.unroll.driver.registry;

import io.unroll.dataprep.DataException;
import io.unroll.driver.run.ModelDirectory;
import io.unroll.driver.run.Storage;
import io.unroll.driver.run.StorageException;
import java.util.Optional;

/**
 * A model that may become the champion.
 *
 * @param storage where it is
 * @param directory its path there; empty for the base of the storage
 * @param runId what the caller names the run by
 * @param program version of Unroll
 */
public record Candidate(Storage storage, String directory, Optional<String> runId, String program) {

  /** Full URI of the model's directory. */
  public String uri() {
    return storage.uri(directory);
  }

  /**
   * The SHA-256 of the model; every file is read.
   *
   * @throws DataException if it is damaged, naming the file
   */
  String sha256() {
    try {
      return ModelDirectory.sha256(storage, directory);
    } catch (StorageException failure) {
      throw failure.isOfContent() ? new DataException(failure.getMessage(), failure) : failure;
    }
  }
}
