package io.unroll.dataprep.conllu;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * A column of <a href="https://universaldependencies.org/format.html">CoNLL-U</a>.
 *
 * @param index from 0
 */
public record ConlluColumn(int index) implements Serializable {
  static final int COLUMNS = 10;

  private static final List<String> NAMES =
      List.of("id", "form", "lemma", "upos", "xpos", "feats", "head", "deprel", "deps", "misc");

  public ConlluColumn {
    if (index < 0 || index >= COLUMNS) {
      throw invalid(String.format(Locale.ROOT, "%d", index + 1));
    }
  }

  /**
   * The column of a name or number, from 1.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ConlluColumn of(String nameOrNumber) {
    int named = NAMES.indexOf(nameOrNumber.toLowerCase(Locale.ROOT));
    if (named >= 0) {
      return new ConlluColumn(named);
    }
    try {
      return new ConlluColumn(Integer.parseInt(nameOrNumber) - 1);
    } catch (NumberFormatException e) {
      throw invalid(nameOrNumber);
    }
  }

  private static IllegalArgumentException invalid(String given) {
    return new IllegalArgumentException(
        "Invalid tags: %s (expected a column: %s, or its number from 1 to %s)"
            .formatted(given, String.join(", ", NAMES), COLUMNS));
  }

  String name() {
    return NAMES.get(index).toUpperCase(Locale.ROOT);
  }
}
