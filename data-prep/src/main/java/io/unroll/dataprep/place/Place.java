package io.unroll.dataprep.place;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * Where a user says that a file or folder is. The only home of what such a text means: with a
 * scheme ({@code hdfs://host/x}, {@code file:/x}) it is a Hadoop URI, without one a path on
 * Hadoop's default file system. In both, each character after scheme and host stands for itself:
 * blanks, percent and hash signs, brackets, braces, quotes, backslashes and colons are parts of
 * names, nothing is decoded. What {@link Path#toString} gives of a place is the same place again.
 *
 * <p>{@code new Path(String)} alone would take what stands before a colon for a scheme, and two
 * slashes at the beginning for a host.
 */
public final class Place {
  /** One letter is the beginning of a name, as in {@code a:/b}. */
  private static final Pattern SCHEME =
      Pattern.compile("[A-Za-z][-+.A-Za-z0-9]+:/.*", Pattern.DOTALL);

  private static final Pattern SLASHES = Pattern.compile("^/{2,}");

  private Place() {}

  /**
   * The path that a text stands for, relative if the text is.
   *
   * @throws InvalidPlaceException if it can be no path, naming the character
   */
  public static Path of(String text) {
    refusal(text)
        .ifPresent(
            reason -> {
              throw new InvalidPlaceException(reason);
            });
    return path(text);
  }

  private static Path path(String text) {
    if (hasScheme(text)) {
      return new Path(text);
    }
    return text.startsWith("/")
        ? new Path(SLASHES.matcher(text).replaceFirst("/"))
        : new Path("./" + text);
  }

  /** A file or folder in a folder, whatever its name. */
  public static Path child(Path folder, String name) {
    return new Path(folder, new Path(null, null, name));
  }

  /** Whether a text names its file system; if not, it is the default one's. */
  public static boolean hasScheme(String text) {
    return SCHEME.matcher(text).matches();
  }

  /**
   * Why a text can be no path, naming the character; empty if it can. Whether something is there,
   * and whether there is such a file system, is not asked.
   */
  public static Optional<String> refusal(String text) {
    return reason(text)
        .map(reason -> "Cannot use the path '%s': %s".formatted(shown(text), reason));
  }

  private static Optional<String> reason(String text) {
    if (text.isEmpty()) {
      return Optional.of("it is empty");
    }
    if (text.indexOf('\0') >= 0) {
      return Optional.of(name(0) + " cannot be in a name");
    }
    try {
      Path path = path(text);
      boolean elsewhere = hasScheme(text) && !"file".equals(path.toUri().getScheme());
      return elsewhere ? Optional.empty() : unencodable(text);
    } catch (IllegalArgumentException e) {
      return Optional.of("it is no URI (%s)".formatted(e.getCause().getMessage()));
    }
  }

  private static Optional<String> unencodable(String text) {
    CharsetEncoder encoder = namesOfFiles().newEncoder();
    return text.codePoints()
        .filter(point -> !encoder.canEncode(Character.toString(point)))
        .mapToObj(
            point ->
                "%s cannot be in a name in this locale (expected one with UTF-8, such as LC_ALL=C.UTF-8)"
                    .formatted(name(point)))
        .findFirst();
  }

  /** How this JVM encodes the names of local files. */
  private static Charset namesOfFiles() {
    return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
  }

  private static String name(int point) {
    return String.format(Locale.ROOT, "%s (U+%04X)", Character.getName(point), point);
  }

  private static String shown(String text) {
    return text.replace("\0", "\\0");
  }
}
