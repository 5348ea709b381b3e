package io.unroll.dataprep.dataset;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a dataset is to be written.
 *
 * @param uri of its directory
 * @param overwrite whether a dataset that is there may be replaced
 * @param since directory of an earlier dataset, which may be the same: the manifest tells which
 *     files are new since then
 */
public record DatasetTarget(String uri, boolean overwrite, Optional<String> since) {
  public DatasetTarget {
    Objects.requireNonNull(since, "since");
    if (uri == null || uri.isBlank()) {
      throw new IllegalArgumentException("Invalid output: none (expected a URI)");
    }
  }

  /** A dataset that is compared with no other. */
  public DatasetTarget(String uri, boolean overwrite) {
    this(uri, overwrite, Optional.empty());
  }
}
