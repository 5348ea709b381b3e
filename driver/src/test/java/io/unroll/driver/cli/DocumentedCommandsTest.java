package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.train.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The commands that documents, named runs and scripts tell their readers to type: the command line
 * takes them, and the configurations of trainings are valid.
 */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> FOLDERS = List.of("docs", "deploy", "conf", "bench");

  /** At the beginning of a line, in a comment or after variables; in lists after a description. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:^|^# +|^[A-Z_]+=.* | {2})(?:(?:deploy|bin)/unroll|\\$unroll)"
              + " +((?:'[^']*'|\"[^\"]*\"|[^`'\"#|&;<>])+)");

  private static final Pattern SCRIPT =
      Pattern.compile(
          "(?:^|[\\s`])((?:deploy|bench|fuzz|\\.ci)/[a-z][a-z0-9.-]*[a-z0-9])((?:"
              + " +[^\\s`#|()]+)*)");

  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");

  /** Lines of commands by where they stand. */
  private static final Map<String, String> LINES = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(ROOT.resolve("README.md"));
    files.add(ROOT.resolve("CONTRIBUTING.md"));
    for (String folder : FOLDERS) {
      try (Stream<Path> inside = Files.walk(ROOT.resolve(folder))) {
        inside.filter(DocumentedCommandsTest::isForReaders).sorted().forEach(files::add);
      }
    }
    for (Path file : files) {
      // Lines that end in a backslash go on in the next.
      String text = Files.readString(file).replaceAll("\\\\\\n#? *", "");
      int number = 0;
      for (String line : text.split("\n", -1)) {
        LINES.put(ROOT.relativize(file) + ":" + ++number, line.strip());
      }
    }
  }

  private static boolean isForReaders(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && (name.endsWith(".md")
            || name.endsWith(".yaml")
            || name.endsWith(".properties")
            || List.of("cluster", "quickstart").contains(name));
  }

  @Test
  void theCommandLineTakesThem() {
    int checked = 0;
    for (Map.Entry<String, String> line : LINES.entrySet()) {
      Matcher command = COMMAND.matcher(line.getValue());
      while (command.find()) {
        List<String> words = words(command.group(1));
        if (isACommand(words)) {
          String[] arguments =
              words.stream().map(DocumentedCommandsTest::here).toArray(String[]::new);
          assertDoesNotThrow(
              () -> Unroll.commandLine(TrainingRun::run).parseArgs(arguments),
              line.getKey() + ": " + words);
          checkConfiguration(line.getKey(), words, arguments);
          checked++;
        }
      }
    }
    assertTrue(checked >= 25, "only " + checked + " commands found");
  }

  /** Of trainings, whose settings are no options but are checked when they start. */
  private static void checkConfiguration(String place, List<String> words, String[] arguments) {
    if (words.get(0).equals("train") && !words.contains("--help")) {
      List<String> printing = new ArrayList<>(List.of(arguments));
      printing.add("--print-config");
      Execution execution = Execution.of(printing.toArray(String[]::new));
      assertEquals(0, execution.code(), place + ": " + execution.err());
    }
  }

  @Test
  void scriptsExistAndKnowTheOptions() throws IOException {
    int checked = 0;
    for (Map.Entry<String, String> line : LINES.entrySet()) {
      Matcher call = SCRIPT.matcher(line.getValue());
      while (call.find()) {
        Path script = ROOT.resolve(call.group(1));
        if (call.group(1).matches("deploy/unroll|.*/target") || Files.isDirectory(script)) {
          continue;
        }
        assertTrue(Files.exists(script), line.getKey() + ": there is no " + script);
        String known = Files.readString(script);
        for (String word : words(call.group(2))) {
          String option = word.replaceFirst("=.*", "");
          assertTrue(
              !option.startsWith("--") || known.contains(option) || forwards(known),
              line.getKey() + ": " + script + " does not know " + option);
        }
        checked++;
      }
    }
    assertTrue(checked >= 15, "only " + checked + " scripts found");
  }

  /** The program itself takes no {@code --conf}: only spark-submit does, or what leads there. */
  @Test
  void configurationsAdviseNoOptionThatTheProgramRefuses() {
    List<String> advice =
        LINES.entrySet().stream()
            .filter(line -> line.getKey().startsWith("conf/"))
            .filter(line -> line.getValue().contains("--conf "))
            .filter(line -> !line.getValue().matches(".*(spark-submit|UNROLL_SUBMIT_OPTIONS).*"))
            .map(line -> line.getKey() + ": " + line.getValue())
            .toList();
    assertEquals(List.of(), advice);
  }

  /** Scripts that hand options on to the program that they start. */
  private static boolean forwards(String script) {
    return script.contains("\"$@\"\n") && !script.contains("Unknown option");
  }

  /** Not a synopsis such as {@code train --config conf/X.yaml [--data URI]}, nor a mention. */
  private static boolean isACommand(List<String> words) {
    boolean named = Unroll.commandLine(TrainingRun::run).getSubcommands().containsKey(words.get(0));
    boolean synopsis =
        words.stream()
            .anyMatch(word -> word.matches("\\[.*|.*\\]|URI|URI\\.\\.\\.|N|.*\\\\.*|.*X\\.yaml"));
    return named && !synopsis && words.size() > 1;
  }

  /** As a shell takes them apart: quotes hold blanks together and go. */
  private static List<String> words(String line) {
    return WORD.matcher(line)
        .results()
        .map(word -> word.group().replaceAll("['\"]", ""))
        .map(word -> word.replaceAll("[,.)]$", ""))
        .toList();
  }

  /** Files of the project are named from its folder; the tests run in another. */
  private static String here(String word) {
    return word.replaceFirst("^(--config=)?(?:/opt/unroll/)?(conf/|bench/)", "$1" + ROOT + "/$2")
        .replace("$config", ROOT + "/conf/quickstart.yaml");
  }
}
