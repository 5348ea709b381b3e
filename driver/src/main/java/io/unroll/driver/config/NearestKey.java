package io.unroll.driver.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The known setting that an unknown key was probably meant to be: the nearest, if at most a third
 * of its letters had to change.
 */
final class NearestKey {
  private NearestKey() {}

  /** What a key was compared with, and how far it is from that. */
  private record Candidate(String key, String compared, int distance) {
    static Candidate of(String unknown, String key, String compared) {
      return new Candidate(key, compared, editDistance(unknown, compared));
    }

    boolean isNear() {
      return 3 * distance <= compared.length() + 1;
    }
  }

  /** A key without its section is compared with the names alone. */
  static Optional<String> to(String unknown) {
    String key = unknown.toLowerCase(Locale.ROOT).replace('_', '-');
    String name = key.substring(key.lastIndexOf('.') + 1);
    // First come all whole keys, so that they win a tie.
    return nearest(
        Stream.concat(
            Settings.all().stream().map(setting -> Candidate.of(key, setting.key(), setting.key())),
            Settings.all().stream()
                .map(setting -> Candidate.of(name, setting.key(), setting.name()))));
  }

  /** The nearest of some candidates. */
  static Optional<String> among(Collection<String> candidates, String unknown) {
    return nearest(
        candidates.stream().map(candidate -> Candidate.of(unknown, candidate, candidate)));
  }

  private static Optional<String> nearest(Stream<Candidate> candidates) {
    return candidates
        .filter(Candidate::isNear)
        .min(Comparator.comparingInt(Candidate::distance))
        .map(Candidate::key);
  }

  /** Levenshtein's distance: insertions, deletions and replacements that turn a into b. */
  private static int editDistance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
