package io.unroll.driver.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.unroll.dataprep.DataException;
import io.unroll.driver.words.AnalogyQuestions.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalogyQuestionsTest {
  @TempDir private Path folder;

  private static void refuses(String text, String message) {
    assertEquals(
        message,
        assertThrows(DataException.class, () -> AnalogyQuestions.parse(text, "q.txt"))
            .getMessage());
  }

  @Test
  void readsSectionsInOrder() {
    AnalogyQuestions questions =
        AnalogyQuestions.parse(": one two\r\na b c d\r\n\n:three\ne  f\tg h \n", "q.txt");
    assertEquals("one two", questions.sections().get(0).name());
    assertEquals(new Question("a", "b", "c", "d"), questions.sections().get(0).questions().get(0));
    assertEquals("three", questions.sections().get(1).name());
    assertEquals(new Question("e", "f", "g", "h"), questions.sections().get(1).questions().get(0));
  }

  @Test
  void refusesWhatIsNoQuestion() {
    refuses(
        ": x\na b c d\na b c\n",
        "Cannot read q.txt, line 3: it has 3 words (expected four words with blanks between, or ': NAME' to begin a section)");
    refuses(
        "\na b c d\n",
        "Cannot read q.txt, line 2: it comes before the first section (expected ': NAME')");
    refuses(
        ": x\n",
        "Cannot read q.txt: it has no questions (expected lines of four words below lines ': NAME')");
  }

  @Test
  void refusesWhatIsNoFileOfText() throws IOException {
    Configuration hadoop = new Configuration(false);
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 1});
    for (Path place : new Path[] {binary, folder, folder.resolve("absent")}) {
      String message =
          assertThrows(DataException.class, () -> AnalogyQuestions.read(place.toString(), hadoop))
              .getMessage();
      assertEquals(
          "Cannot read " + place + ": it ", message.substring(0, place.toString().length() + 17));
    }
  }
}
