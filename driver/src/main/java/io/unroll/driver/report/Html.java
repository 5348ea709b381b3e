package io.unroll.driver.report;

/** Text made safe for HTML, between tags as in quoted attributes. */
final class Html {
  private Html() {}

  /**
   * Escapes markup, and replaces what HTML cannot hold (control characters other than tab and line
   * feed, halves of surrogate pairs) by U+FFFD.
   */
  static String escape(String text) {
    var html = new StringBuilder(text.length() + 16);
    text.replace("\r\n", "\n").codePoints().forEach(c -> append(c, html));
    return html.toString();
  }

  private static void append(int c, StringBuilder html) {
    switch (c) {
      case '&' -> html.append("&amp;");
      case '<' -> html.append("&lt;");
      case '>' -> html.append("&gt;");
      case '"' -> html.append("&quot;");
      case '\'' -> html.append("&#39;");
      case '\n', '\t' -> html.append((char) c);
      default -> html.appendCodePoint(allowed(c) ? c : 0xFFFD);
    }
  }

  private static boolean allowed(int c) {
    return !Character.isISOControl(c)
        && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
