package io.unroll.dataprep.vectors;

import io.unroll.dataprep.examples.ExampleUris;
import java.util.List;

/**
 * Where arrays of vectors are, and those of their labels, in the same order.
 *
 * @param vectors of each split
 * @param labels of each split
 */
public record VectorUris(ExampleUris vectors, ExampleUris labels) {
  public VectorUris {
    vectors
        .bySplit()
        .forEach(
            (split, uris) -> {
              int named = labels.bySplit().getOrDefault(split, List.of()).size();
              if (named != uris.size()) {
                throw new IllegalArgumentException(
                    "Invalid labels: %s for %s of split %s (expected a file of labels for each file of vectors)"
                        .formatted(named, uris.size(), split.label()));
              }
            });
    if (!vectors.bySplit().keySet().equals(labels.bySplit().keySet())) {
      throw new IllegalArgumentException(
          "Invalid labels: there are some of a split without vectors (expected a file of labels for each file of vectors)");
    }
  }
}
