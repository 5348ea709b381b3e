package io.unroll.dataprep.lines;

import io.unroll.dataprep.DataException;
import java.util.regex.Pattern;

/**
 * Tells files of another kind by how they begin.
 *
 * @param name of the file, for messages
 * @param expected what its lines should be
 * @param json what reads JSON instead
 */
public record WrongLines(String name, String expected, String json) {
  /** A text may begin with a bracket too, such as that of a stage direction. */
  private static final Pattern JSON = Pattern.compile("\\s*(\\{\\s*(\".*)?|\\[\\s*([\\[{\"].*)?)");

  private static final Pattern CONLLU = Pattern.compile("[0-9]+([-.][0-9]+)?(\t[^\t]*){9}");

  /**
   * Looks at the first line.
   *
   * @throws DataException if it is none of the lines that are expected
   */
  public void refuse(String line) {
    if (JSON.matcher(line).matches()) {
      throw refusal("JSON", json);
    }
    if (CONLLU.matcher(line).matches() || line.startsWith("# sent_id")) {
      throw refusal("CoNLL-U", "prep conllu reads it");
    }
  }

  private DataException refusal(String kind, String remedy) {
    return new DataException(
        "Cannot read %s: it looks like %s (expected %s; %s)"
            .formatted(name, kind, expected, remedy));
  }
}
