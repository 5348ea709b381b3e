package io.unroll.worker.format;

import java.util.List;
import java.util.Optional;

/**
 * What PyTorch's wrappers put before the names of a module's parameters: {@code DataParallel} and
 * {@code DistributedDataParallel} {@code module.}, {@code torch.compile} {@code _orig_mod.}. They
 * may be wrapped in each other.
 */
final class WrapperPrefixes {
  private static final List<String> KNOWN = List.of("module.", "_orig_mod.");

  private WrapperPrefixes() {}

  /** The name without the prefixes. */
  static String stripped(String name) {
    return name.substring(length(name));
  }

  /** The prefixes of a name, if it has any. */
  static Optional<String> of(String name) {
    int length = length(name);
    return length == 0 ? Optional.empty() : Optional.of(name.substring(0, length));
  }

  private static int length(String name) {
    int length = 0;
    for (boolean found = true; found; ) {
      int begin = length;
      length +=
          KNOWN.stream()
              .filter(prefix -> name.startsWith(prefix, begin))
              .mapToInt(String::length)
              .findFirst()
              .orElse(0);
      found = length > begin;
    }
    return length;
  }
}
