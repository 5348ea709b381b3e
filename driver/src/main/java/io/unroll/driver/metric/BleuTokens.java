package io.unroll.driver.metric;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How sacrebleu cuts text into tokens before it counts them. */
public enum BleuTokens {
  /** As NIST's mteval-v13a: punctuation of ASCII apart, but not within numbers. */
  MTEVAL_13A("13a") {
    @Override
    String spaced(String text) {
      String line = text.replace("<skipped>", "").replace("-\n", "").replace('\n', ' ');
      line =
          line.replace("&quot;", "\"")
              .replace("&amp;", "&")
              .replace("&lt;", "<")
              .replace("&gt;", ">");
      line = SIGNS.matcher(" " + line + " ").replaceAll(" $1 ");
      line = STOP_AFTER.matcher(line).replaceAll("$1 $2 ");
      line = STOP_BEFORE.matcher(line).replaceAll(" $1 $2");
      return DASH.matcher(line).replaceAll("$1 $2 ");
    }
  },
  /** As mteval-v14 with international tokenization: Unicode's punctuation and symbols apart. */
  INTERNATIONAL("intl") {
    @Override
    String spaced(String text) {
      String line = MARK_AFTER.matcher(text).replaceAll("$1 $2 ");
      line = MARK_BEFORE.matcher(line).replaceAll(" $1 $2");
      return SYMBOL.matcher(line).replaceAll(" $1 ");
    }
  },
  /** The text is cut already: at white space. */
  NONE("none") {
    @Override
    String spaced(String text) {
      return text;
    }
  };

  private static final Pattern SIGNS = Pattern.compile("([\\{-\\~\\[-\\` -\\&\\(-\\+\\:-\\@\\/])");
  private static final Pattern STOP_AFTER = Pattern.compile("([^0-9])([\\.,])");
  private static final Pattern STOP_BEFORE = Pattern.compile("([\\.,])([^0-9])");
  private static final Pattern DASH = Pattern.compile("([0-9])(-)");
  private static final Pattern MARK_AFTER = Pattern.compile("(\\P{N})(\\p{P})");
  private static final Pattern MARK_BEFORE = Pattern.compile("(\\p{P})(\\P{N})");
  private static final Pattern SYMBOL = Pattern.compile("(\\p{S})");

  private final String key;

  BleuTokens(String key) {
    this.key = key;
  }

  /** Its name on the command line and in signatures. */
  public String key() {
    return key;
  }

  /**
   * That of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static BleuTokens of(String key) {
    for (BleuTokens tokens : values()) {
      if (tokens.key.equals(key)) {
        return tokens;
      }
    }
    throw new IllegalArgumentException(
        String.format(Locale.ROOT, "Invalid --tokenize: %s (expected 13a, intl or none)", key));
  }

  /** The tokens of a text. */
  List<String> cut(String text) {
    return Ngrams.split(spaced(text.stripTrailing()));
  }

  /** The text with white space between its tokens. */
  abstract String spaced(String text);
}
