package io.unroll.dataprep.examples;

import io.unroll.dataprep.dataset.Split;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where the inputs are: files, folders or globs, as Hadoop URIs.
 *
 * @param valid may be empty
 * @param test may be empty
 */
public record ExampleUris(List<String> train, List<String> valid, List<String> test) {
  public ExampleUris {
    train = List.copyOf(train);
    valid = List.copyOf(valid);
    test = List.copyOf(test);
    if (train.isEmpty()) {
      throw new IllegalArgumentException("Invalid input: none (expected at least one URI)");
    }
  }

  /** Those of the splits that have some. */
  public Map<Split, List<String>> bySplit() {
    Map<Split, List<String>> all = new EnumMap<>(Split.class);
    all.put(Split.TRAIN, train);
    all.put(Split.VALID, valid);
    all.put(Split.TEST, test);
    all.values().removeIf(List::isEmpty);
    return all;
  }
}
