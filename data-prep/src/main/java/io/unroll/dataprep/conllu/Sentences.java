package io.unroll.dataprep.conllu;

import io.unroll.dataprep.DataException;
import io.unroll.dataprep.source.TextLines;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The sentences of a file: their words, without ranges of words and empty nodes. */
final class Sentences implements Closeable {
  private static final Pattern WORD = Pattern.compile("[0-9]+");
  private static final Pattern RANGE = Pattern.compile("[0-9]+-[0-9]+");
  private static final Pattern EMPTY_NODE = Pattern.compile("[0-9]+\\.[0-9]+");

  private final TextLines lines;
  private final String name;
  private long ranges;
  private long emptyNodes;

  Sentences(TextLines lines, String name) {
    this.lines = lines;
    this.name = name;
  }

  /** A word's columns, and where they stand. */
  record Word(long line, String[] columns) {}

  /** The words of the next sentence; none at the end. */
  List<Word> next() throws IOException {
    List<Word> words = new ArrayList<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (line.isBlank()) {
        if (!words.isEmpty()) {
          return words;
        }
      } else if (!line.startsWith("#")) {
        add(line, words);
      }
    }
    return words;
  }

  private void add(String line, List<Word> words) {
    String[] columns = line.split("\t", -1);
    String id = columns[0];
    if (columns.length != ConlluColumn.COLUMNS) {
      throw refusal(
          String.format(
              Locale.ROOT,
              "it has %d %s",
              columns.length,
              columns.length == 1 ? "column" : "columns"));
    }
    if (WORD.matcher(id).matches()) {
      words.add(new Word(lines.number(), columns));
    } else if (RANGE.matcher(id).matches()) {
      ranges++;
    } else if (EMPTY_NODE.matcher(id).matches()) {
      emptyNodes++;
    } else {
      throw refusal("it does not begin with the number of a word");
    }
  }

  private DataException refusal(String reason) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "Cannot read %s, line %d: %s (expected CoNLL-U: %d columns with tabs between, or a comment that begins with #; prep lines reads texts with a label)",
            name,
            lines.number(),
            reason,
            ConlluColumn.COLUMNS));
  }

  /** Ranges of words so far. */
  long ranges() {
    return ranges;
  }

  /** Empty nodes so far. */
  long emptyNodes() {
    return emptyNodes;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
