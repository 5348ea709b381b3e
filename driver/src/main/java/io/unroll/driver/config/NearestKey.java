package io.unroll.driver.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The known setting that an unknown key was probably meant to be. */
final class NearestKey {
  private NearestKey() {}

  /** The key of least edit distance; a key without its section is compared with the names alone. */
  static String to(String unknown) {
    String key = unknown.toLowerCase(Locale.ROOT).replace('_', '-');
    return Settings.all().stream()
        .min(Comparator.comparingInt(setting -> distance(key, setting)))
        .orElseThrow()
        .key();
  }

  /** The candidate of least edit distance. */
  static String among(Collection<String> candidates, String unknown) {
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> editDistance(unknown, candidate)))
        .orElseThrow();
  }

  private static int distance(String key, Setting<?> setting) {
    int whole = editDistance(key, setting.key());
    // One more than the same distance with the section, so that the whole key wins a tie.
    int name = editDistance(key.substring(key.lastIndexOf('.') + 1), setting.name()) + 1;
    return Math.min(whole, name);
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
