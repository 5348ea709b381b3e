package io.unroll.dataprep.features;

import io.unroll.dataprep.DataException;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ids of images in text: whole numbers of at most 18 digits. */
public final class ImageId {
  private static final Pattern ID = Pattern.compile("\\d{1,18}");
  private static final Pattern LAST = Pattern.compile("(?:^|[\\s,])(\\d{1,18})$");

  /** Characters of a line that are shown. */
  private static final int SHOWN = 80;

  private ImageId() {}

  /** The id that a text is, if it is one. */
  static OptionalLong of(String text) {
    return ID.matcher(text).matches()
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  /**
   * The id at the end of a line, after a file name or nothing.
   *
   * @param place of the line, for messages
   * @throws DataException if there is none
   */
  public static long last(String line, Object place) {
    Matcher matcher = LAST.matcher(line.strip());
    if (!matcher.find()) {
      throw new DataException(
          "Cannot read %s: '%s' does not end in an image id".formatted(place, shown(line.strip())));
    }
    return Long.parseLong(matcher.group(1));
  }

  /** The beginning of a text, for messages. */
  static String shown(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
  }
}
