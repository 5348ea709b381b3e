package io.unroll.dataprep.summary;

import java.util.Locale;

/** How many there are of something, for people: {@code 1 file}, {@code 1,200 files}. */
public final class Count {
  private Count() {}

  /**
   * A number with its noun.
   *
   * @param noun in the singular; its plural ends with one s more
   */
  public static String of(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : noun + "s");
  }
}
