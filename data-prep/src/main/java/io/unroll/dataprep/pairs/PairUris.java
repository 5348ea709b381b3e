package io.unroll.dataprep.pairs;

import io.unroll.dataprep.dataset.Split;
import io.unroll.dataprep.examples.ExampleUris;
import java.util.Set;

/**
 * Where texts are, and where the texts are that belong to them.
 *
 * @param targets of the same splits as the sources
 */
public record PairUris(ExampleUris sources, ExampleUris targets) {
  public PairUris {
    Set<Split> there = sources.bySplit().keySet();
    for (Split split : Split.values()) {
      boolean source = there.contains(split);
      if (source != targets.bySplit().containsKey(split)) {
        throw new IllegalArgumentException(
            "Invalid input: split %s has %s (expected files of both, whose lines belong together)"
                .formatted(
                    split.label(), source ? "sources without targets" : "targets without sources"));
      }
    }
  }
}
