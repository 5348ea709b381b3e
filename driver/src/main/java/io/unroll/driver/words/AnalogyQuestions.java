package io.unroll.driver.words;

import io.unroll.dataprep.DataException;
import io.unroll.driver.run.TextFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/**
 * Questions "a is to b as c is to what?" with their answers, in sections, as word2vec's {@code
 * questions-words.txt} has them (Mikolov et al. 2013, arXiv:1301.3781): a line {@code : NAME}
 * begins a section, every other line has four words.
 *
 * @param sections in the order of the file; at least one question in all
 */
public record AnalogyQuestions(List<Section> sections) {
  private static final String HEAD = ":";
  private static final int WORDS = 4;

  /** "a is to b as c is to d." */
  public record Question(String a, String b, String c, String d) {}

  /** Questions of one kind. */
  public record Section(String name, List<Question> questions) {}

  /**
   * Reads a file.
   *
   * @throws DataException if it is not there, or a line is not as it should be
   * @throws io.unroll.driver.run.StorageException if the file system does not let it be read
   */
  public static AnalogyQuestions read(String uri, Configuration hadoop) {
    return parse(TextFile.read(uri, "questions", hadoop), uri);
  }

  /**
   * Reads a text.
   *
   * @param uri for messages
   */
  static AnalogyQuestions parse(String text, String uri) {
    List<Section> sections = new ArrayList<>();
    String[] lines = text.split("\r?\n", -1);
    for (int line = 0; line < lines.length; line++) {
      String content = lines[line].strip();
      if (content.startsWith(HEAD)) {
        sections.add(new Section(content.substring(HEAD.length()).strip(), new ArrayList<>()));
      } else if (!content.isEmpty()) {
        Question question = question(content, line + 1, uri);
        if (sections.isEmpty()) {
          throw malformed(uri, line + 1, "it comes before the first section", "': NAME'");
        }
        sections.get(sections.size() - 1).questions().add(question);
      }
    }
    if (sections.stream().allMatch(section -> section.questions().isEmpty())) {
      throw new DataException(
          "Cannot read %s: it has no questions (expected lines of four words below lines ': NAME')"
              .formatted(uri));
    }
    return new AnalogyQuestions(List.copyOf(sections));
  }

  private static Question question(String content, int line, String uri) {
    String[] words = content.split("\\s+", -1);
    if (words.length != WORDS) {
      throw malformed(
          uri,
          line,
          "it has %s".formatted(words.length == 1 ? "1 word" : words.length + " words"),
          "four words with blanks between, or ': NAME' to begin a section");
    }
    return new Question(words[0], words[1], words[2], words[3]);
  }

  private static DataException malformed(String uri, int line, String why, String expected) {
    return new DataException(
        String.format(
            Locale.ROOT, "Cannot read %s, line %d: %s (expected %s)", uri, line, why, expected));
  }
}
