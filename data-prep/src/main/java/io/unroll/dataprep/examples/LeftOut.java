package io.unroll.dataprep.examples;

import io.unroll.dataprep.summary.Count;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Examples that were left out, by what was wrong with them. */
final class LeftOut {
  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);

  void add(Map<Fault, Long> more) {
    more.forEach((fault, count) -> counts.merge(fault, count, Long::sum));
  }

  /** A line for people, if there are some. */
  List<String> notes() {
    if (counts.isEmpty()) {
      return List.of();
    }
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    String each =
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey().words())
            .collect(Collectors.joining(", "));
    return List.of("%s left out: %s".formatted(Count.of(all, "example"), each));
  }
}
