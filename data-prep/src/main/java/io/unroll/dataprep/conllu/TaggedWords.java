package io.unroll.dataprep.conllu;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.examples.RawExample;
import java.util.regex.Pattern;

/** Words and their tags to an example, wherever they stand. */
final class TaggedWords {
  private static final String UNSPECIFIED = "_";

  /** Words of some languages have blanks; tokens have none. */
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

  private TaggedWords() {}

  /**
   * The example of a sentence.
   *
   * @param places line or row of each word, at least one
   * @param forms as they are written
   * @param tags as many
   * @param column where the tags are, and how to choose another place, in a bracket that is open
   * @throws BadExample if a word is empty, or has no tag
   */
  static RawExample example(long[] places, String[] forms, String[] tags, String column)
      throws BadExample {
    String[] words = new String[forms.length];
    String[] labels = new String[forms.length];
    for (int x = 0; x < words.length; x++) {
      words[x] = BLANKS.matcher(forms[x].strip()).replaceAll(UNSPECIFIED);
      labels[x] = tags[x].strip();
      if (words[x].isEmpty()) {
        throw new BadExample(
            Fault.NO_TEXT, places[x], "its word is empty (--skip-bad leaves such sentences out)");
      }
      if (labels[x].isEmpty() || labels[x].equals(UNSPECIFIED)) {
        throw new BadExample(
            Fault.NO_LABEL,
            places[x],
            "its word '%s' has no tag in %s, or leave such sentences out with --skip-bad)"
                .formatted(words[x], column));
      }
    }
    return RawExample.ofWords(places[0], words, labels, "");
  }
}
