package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Results in JSON, held against the tables of docs/formats/results.md. */
final class DocumentedResult {
  private static final Path PAGE = page(Path.of("..").toAbsolutePath().normalize());
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`.*?) \\|");
  private static final Pattern KEY = Pattern.compile("`([^`]+)`");

  private DocumentedResult() {}

  /** The page, in the folder of the project, which is that of a module or above it. */
  private static Path page(Path folder) {
    Path page = folder.resolve("docs/formats/results.md");
    return Files.exists(page) ? page : page(folder.getParent());
  }

  /** The one line that a command printed, which has exactly the keys of its page, in order. */
  static JsonNode of(String command, Execution execution) {
    JsonNode result = line(execution);
    assertKeys(command, documented(command), result);
    return result;
  }

  /** The one line of JSON that a command printed. */
  static JsonNode line(Execution execution) {
    assertEquals(1, execution.out().lines().count(), execution.out());
    assertTrue(execution.out().endsWith("\n"), execution.out());
    try {
      return new ObjectMapper().readTree(execution.out());
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(execution.out(), malformed);
    }
  }

  /** That a result has these keys, after the one of its command. */
  static void assertKeys(String command, List<String> keys, JsonNode result) {
    List<String> expected = new ArrayList<>(List.of("command"));
    expected.addAll(keys);
    List<String> found = new ArrayList<>();
    result.fieldNames().forEachRemaining(found::add);
    assertEquals(expected, found);
    assertEquals(command, result.get("command").textValue());
  }

  /** The keys that the page has for a command, of all its tables. */
  static List<String> documented(String command) {
    String page = page();
    int start = page.indexOf("## `" + command + "`\n");
    assertTrue(start >= 0, command + " is not in " + PAGE);
    int end = page.indexOf("\n## ", start);
    String section = page.substring(start, end < 0 ? page.length() : end);
    return ROW.matcher(section)
        .results()
        .map(MatchResult::group)
        .flatMap(names -> KEY.matcher(names).results())
        .map(key -> key.group(1))
        .toList();
  }

  private static String page() {
    try {
      return Files.readString(PAGE);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
