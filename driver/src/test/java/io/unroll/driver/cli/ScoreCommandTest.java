package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCommandTest {
  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void tellsAllScores() throws IOException {
    String said =
        file("said", "The dog bit the man.\nIt wasn't surprising.\nThe man had just bitten him.\n");
    String first =
        file("first", "The dog bit the man.\nIt was not unexpected.\nThe man bit him first.\n");
    String second =
        file(
            "second",
            "The dog had bit the man.\nNo one was surprised.\nThe man had bitten the dog.\n");
    JsonNode json =
        DocumentedResult.of(
            "score",
            Execution.of("score", "--hypotheses", said, "--references", first, second, "--json"));
    assertEquals(48.530827, json.get("bleu").doubleValue(), 1e-6);
    assertEquals(3, json.get("texts").intValue());
    assertEquals(1.0 / 3, json.get("exact").doubleValue(), 1e-12);
    Execution people = Execution.of("score", "--hypotheses", said, "--references", first, second);
    assertEquals(0, people.code(), people.err());
    assertTrue(
        people
            .out()
            .startsWith(
                "BLEU        48.53  82.4/50.0/45.5/37.5, brevity penalty 0.943, 17 tokens against 18"
                    + "  nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp"),
        people.out());
    assertTrue(people.out().contains("exact       33.33  % of 3 texts"), people.out());
  }

  @Test
  void refusesWhatItCannotRead() throws IOException {
    String said = file("said", "a\nb\n");
    Execution absent = Execution.of("score", "--hypotheses", said, "--references", said + "x");
    assertEquals(ExitCode.BAD_DATA.code(), absent.code(), absent.err());
    assertTrue(absent.err().contains("saidx: it does not exist"), absent.err());
    Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, 1});
    Execution binary =
        Execution.of(
            "score", "--hypotheses", said, "--references", folder.resolve("binary").toString());
    assertTrue(
        binary.err().contains("it is not UTF-8 (expected a text file of lines)"), binary.err());
    Execution way =
        Execution.of("score", "--hypotheses", said, "--references", said, "--tokenize=zh");
    assertEquals(ExitCode.USAGE.code(), way.code(), way.err());
    assertTrue(
        way.err().contains("Invalid --tokenize: zh (expected 13a, intl or none)"), way.err());
  }
}
