package io.unroll.dataprep.tokenize;

/** Where running text may be cut so that its parts have the tokens that the whole has. */
public enum Breaks {
  /** Between any code points. */
  ANYWHERE,
  /** After a blank or a line feed. The last line ends even where its line feed is missing. */
  BLANKS,
  /** After a line feed. */
  LINE_FEEDS
}
