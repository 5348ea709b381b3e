package io.unroll.dataprep.dataset;

/**
 * Where a dataset is to be written.
 *
 * @param uri of its directory
 * @param overwrite whether a dataset that is there may be replaced
 */
public record DatasetTarget(String uri, boolean overwrite) {
  public DatasetTarget {
    if (uri == null || uri.isBlank()) {
      throw new IllegalArgumentException("Invalid output: none (expected a URI)");
    }
  }
}
