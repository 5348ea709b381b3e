package io.unroll.dataprep.images;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pixels of a picture across and down. */
public record PictureSize(int width, int height) implements Serializable {
  /** Far above what networks read. */
  public static final int LONGEST = 1 << 14;

  private static final Pattern TEXT = Pattern.compile("(\\d{1,5})(?:x(\\d{1,5}))?");

  public PictureSize {
    if (!isSide(width) || !isSide(height)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid size: %dx%d (expected 1 to %d both ways)",
              width,
              height,
              LONGEST));
    }
  }

  /** Whether a picture may be so wide, or so high. */
  public static boolean isSide(long pixels) {
    return pixels >= 1 && pixels <= LONGEST;
  }

  /** The size that a text such as 224 or 320x240 is, if it is one. */
  public static Optional<PictureSize> of(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int width = Integer.parseInt(matcher.group(1));
    int height = matcher.group(2) == null ? width : Integer.parseInt(matcher.group(2));
    return Optional.of(new PictureSize(width, height));
  }

  public int pixels() {
    return width * height;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%dx%d", width, height);
  }
}
