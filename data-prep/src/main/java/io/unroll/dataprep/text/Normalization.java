package io.unroll.dataprep.text;

import io.unroll.dataprep.tokenize.CodePoints;
import java.io.Serializable;
import java.text.Normalizer;

/**
 * What is made equal in a text before it is cut into tokens.
 *
 * @param lineEnds whether CR LF and CR become LF
 * @param unicode the form that characters are brought to
 */
public record Normalization(LineEnds lineEnds, Form unicode) implements Serializable {
  /** Text stays as it is. */
  public static final Normalization NONE = new Normalization(LineEnds.AS_IS, Form.AS_IS);

  /** What ends lines. */
  public enum LineEnds {
    AS_IS,
    LF
  }

  /** Unicode's normalization forms (Unicode Standard Annex 15) that make equal letters equal. */
  public enum Form {
    AS_IS,

    /** Letters with their accents in one code point. */
    NFC,

    /** The same, and what differs in looks only, such as ligatures and full-width letters, too. */
    NFKC;

    Normalizer.Form javaForm() {
      return this == NFKC ? Normalizer.Form.NFKC : Normalizer.Form.NFC;
    }
  }

  /** Whether it may change a text. */
  boolean changes() {
    return !equals(NONE);
  }

  /** A text as it is to be read. */
  CodePoints of(CodePoints text) {
    CodePoints lines = lineEnds == LineEnds.LF ? new LineFeeds(text) : text;
    return unicode == Form.AS_IS ? lines : new NormalizedText(lines, unicode.javaForm());
  }
}
