package io.unroll.dataprep.conllu;

import io.unroll.dataprep.examples.BadExample;
import io.unroll.dataprep.examples.Fault;
import io.unroll.dataprep.examples.RawExample;
import io.unroll.dataprep.examples.RowCells;
import io.unroll.dataprep.examples.RowReader;
import io.unroll.dataprep.table.ColumnType;
import io.unroll.dataprep.table.TableRow;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sentences in rows of a table: an array of words, and one of their tags. */
record TaggedRows(List<String> columns) implements RowReader {
  private static final int WORDS = 0;
  private static final int TAGS = 1;

  /** What is read of a table. */
  static Map<String, ColumnType> roles() {
    Map<String, ColumnType> roles = new LinkedHashMap<>();
    roles.put("words", ColumnType.TEXTS);
    roles.put("tags", ColumnType.TEXTS);
    return roles;
  }

  @Override
  public RawExample example(TableRow row) throws BadExample {
    var cells = new RowCells(row, columns);
    String[] words = cells.texts(WORDS, Fault.NO_TEXT);
    String[] tags = cells.texts(TAGS, Fault.NO_LABEL);
    if (words.length == 0) {
      throw new BadExample(
          Fault.NO_TEXT, row.place(), "it has no words (--skip-bad leaves such rows out)");
    }
    if (words.length != tags.length) {
      throw new BadExample(
          Fault.MALFORMED,
          row.place(),
          String.format(
              Locale.ROOT,
              "it has %d words and %d tags (expected a tag for each word; --skip-bad leaves such rows out)",
              words.length,
              tags.length));
    }
    long[] places = new long[words.length];
    Arrays.fill(places, row.place());
    return TaggedWords.example(
        places,
        words,
        tags,
        "column '%s' (choose another column with --column tags=NAME".formatted(columns.get(TAGS)));
  }
}
