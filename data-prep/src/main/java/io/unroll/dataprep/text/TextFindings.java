package io.unroll.dataprep.text;

import io.unroll.dataprep.tokenize.CodePoints;
import io.unroll.dataprep.tokenize.Tokenizer;
import java.io.IOException;
import java.io.Serializable;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What in a text is easily overlooked and becomes tokens of its own.
 *
 * @param returns carriage returns
 * @param nuls NUL characters
 * @param unnormalized whether some of it is not in Unicode's form NFC
 */
record TextFindings(long returns, long nuls, boolean unnormalized) implements Serializable {
  static final TextFindings NONE = new TextFindings(0, 0, false);

  TextFindings plus(TextFindings other) {
    return new TextFindings(
        returns + other.returns, nuls + other.nuls, unnormalized || other.unnormalized);
  }

  /** The findings in words, with what can be done about them, or was. */
  List<String> notes(Tokenizer tokenizer, Normalization normalization) {
    List<String> notes = new ArrayList<>();
    if (returns > 0 && !tokenizer.readsLines()) { // else they are white space
      notes.add(
          counted(returns, "carriage return")
              + (normalization.lineEnds() == Normalization.LineEnds.LF
                  ? ": their lines end with line feeds now"
                  : " (--line-ends lf makes all lines end with a line feed)"));
    }
    if (unnormalized) {
      notes.add(
          normalization.unicode() == Normalization.Form.AS_IS
              ? "some of the text is not in Unicode's form NFC: letters that look equal are different tokens (--normalize nfc makes them equal)"
              : "some of the text was not in Unicode's form NFC");
    }
    if (nuls > 0) {
      notes.add(counted(nuls, "NUL character") + ", which text seldom has");
    }
    return notes;
  }

  private static String counted(long count, String what) {
    return String.format(Locale.ROOT, "the text has %,d %s%s", count, what, count == 1 ? "" : "s");
  }

  /** Looks at texts while they are read. */
  static final class Observer {
    private long returns;
    private long nuls;
    private boolean unnormalized;

    TextFindings findings() {
      return new TextFindings(returns, nuls, unnormalized);
    }

    /** The same text, which is looked at as it is read. */
    CodePoints observe(CodePoints text) {
      CodePoints counted = () -> count(text.next());
      return unnormalized ? counted : new CheckedText(new Stretches(counted));
    }

    private int count(int point) {
      if (point == '\r') {
        returns++;
      } else if (point == 0) {
        nuls++;
      }
      return point;
    }

    /** Checks stretches before it gives their points. */
    private final class CheckedText implements CodePoints {
      private final Stretches stretches;
      private String stretch = "";
      private int position;

      CheckedText(Stretches stretches) {
        this.stretches = stretches;
      }

      @Override
      public int next() throws IOException {
        if (position == stretch.length()) {
          stretch = stretches.next();
          position = 0;
          unnormalized |= !Normalizer.isNormalized(stretch, Normalizer.Form.NFC);
        }
        if (stretch.isEmpty()) {
          return END;
        }
        int point = stretch.codePointAt(position);
        position += Character.charCount(point);
        return point;
      }
    }
  }
}
