package io.unroll.dataprep.images;

import java.util.Optional;

/**
 * Opens networks. Found by {@link java.util.ServiceLoader}, so that a jar may carry an
 * implementation with all that it needs, or not.
 */
public interface NetworkRuntime {
  /** Its name and version, for the record of what made the vectors. */
  String version();

  /**
   * A network.
   *
   * @param network content of its file
   * @param name of the file, for messages
   * @param output which of its outputs is wanted; empty: the only one
   * @throws io.unroll.dataprep.DataException if it is damaged, reads something else than pictures,
   *     or has no such output
   */
  ImageNetwork open(byte[] network, String name, Optional<String> output);
}
