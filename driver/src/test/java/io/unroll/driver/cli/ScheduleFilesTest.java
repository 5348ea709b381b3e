package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.train.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What cron, Airflow and Kubernetes start every night: the command line takes their commands, Spark
 * gets the options of the launcher, and exit codes mean to them what they mean. {@code
 * deploy/airflow/check} runs the DAGs themselves.
 */
class ScheduleFilesTest {
  private static final Path DEPLOY = Path.of("../deploy").toAbsolutePath().normalize();

  /** What stands for the value of a variable, also where a number is expected. */
  private static final String ANY_VALUE = "1";

  private static final Set<String> NIGHT = Set.of("prep", "train", "promote");
  private static final Pattern PYTHON_LIST =
      Pattern.compile("^[A-Z]+ = \\[\\s*(\"[a-z]+\", .*?)]$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern PYTHON_ITEM = Pattern.compile("\"([^\"]*)\"|([A-Z]+)");

  /** A launcher and a command of it in a script, up to what ends a simple command. */
  private static final Pattern SHELL_COMMAND =
      Pattern.compile(
          "unroll\"? +(?=(?:prep|train|promote|registry) )((?:\"[^\"]*\"|[^\"|&;<>])+)");

  private static final Pattern SHELL_WORD = Pattern.compile("(?:\"[^\"]*\"|[^\\s\"])+");

  @Test
  void theCommandLineTakesWhatAirflowStarts() throws IOException {
    List<List<String>> commands = new ArrayList<>();
    Matcher list = PYTHON_LIST.matcher(read("airflow/unroll_nights.py"));
    while (list.find()) {
      commands.add(
          PYTHON_ITEM
              .matcher(list.group(1))
              .results()
              .map(item -> item.group(1) == null ? ANY_VALUE : item.group(1))
              .toList());
    }
    assertEquals(NIGHT, names(commands));
    commands.forEach(command -> parse(command, "--master", "local[*]"));
    commands.stream()
        .filter(command -> command.contains("train"))
        .forEach(command -> parse(command, "--averaging.lanes", "4"));
  }

  @Test
  void theCommandLineTakesWhatCronStarts() throws IOException {
    String script = read("cron/retrain").replaceAll("\\\\\n", " ");
    List<List<String>> commands = new ArrayList<>();
    for (String line : script.split("\n", -1)) {
      SHELL_COMMAND
          .matcher(line.strip().startsWith("#") ? "" : line)
          .results()
          .map(ScheduleFilesTest::words)
          .forEach(commands::add);
    }
    assertTrue(names(commands).containsAll(NIGHT), commands.toString());
    commands.forEach(ScheduleFilesTest::parse);
  }

  private static List<String> words(MatchResult command) {
    List<String> words = new ArrayList<>();
    SHELL_WORD
        .matcher(command.group(1))
        .results()
        .map(word -> word.group().replace("\"", ""))
        // Variables between options hold further options, of which nothing is known.
        .filter(word -> !word.startsWith("$") || expectsValue(words))
        .forEach(word -> words.add(word.startsWith("$") ? ANY_VALUE : word));
    return words;
  }

  /** Whether the last word of a command is an option that takes a value. */
  private static boolean expectsValue(List<String> words) {
    CommandLine command = Unroll.commandLine(TrainingRun::run);
    for (String word : words) {
      command = command.getSubcommands().getOrDefault(word, command);
    }
    OptionSpec option = command.getCommandSpec().findOption(words.get(words.size() - 1));
    return option != null && option.arity().max() > 0;
  }

  @ParameterizedTest
  @CsvSource({
    "unroll-retrain.yaml, prep train promote",
    "kubeflow-operator.yaml, train",
    "apache-operator.yaml, train"
  })
  void theCommandLineTakesWhatKubernetesStarts(String file, String expected) throws IOException {
    List<List<String>> commands = new ArrayList<>();
    for (List<?> list : lists(yaml(file))) {
      List<String> words = list.stream().map(String::valueOf).toList();
      int program = words.indexOf("/opt/unroll/deploy/unroll");
      List<String> command = words.subList(program + 1, words.size());
      if (!command.isEmpty() && NIGHT.contains(command.get(0))) {
        commands.add(command);
      }
    }
    assertEquals(Set.of(expected.split(" ")), names(commands));
    commands.forEach(ScheduleFilesTest::parse);
  }

  private static void parse(List<String> command, String... more) {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of(more));
    assertDoesNotThrow(
        () -> Unroll.commandLine(TrainingRun::run).parseArgs(words.toArray(String[]::new)),
        words.toString());
  }

  private static Set<String> names(List<List<String>> commands) {
    Set<String> names = new TreeSet<>();
    commands.forEach(command -> names.add(command.get(0)));
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubeflow-operator.yaml", "apache-operator.yaml"})
  void sparkGetsTheOptionsOfTheLauncherFromOperators(String file) throws IOException {
    Map<?, ?> spec = (Map<?, ?>) ((Map<?, ?>) yaml(file).get(0)).get("spec");
    Map<?, ?> conf = (Map<?, ?>) spec.get("sparkConf");
    for (String side : List.of("driver", "executor")) {
      assertEquals(options(side), conf.get("spark." + side + ".defaultJavaOptions"));
    }
    assertEquals(speculation(), conf.get("spark.speculation.multiplier"));
  }

  @Test
  void sparkGetsTheOptionsOfTheLauncherFromAirflow() throws IOException {
    String dag = read("airflow/unroll_retrain.py").replace("{LARGE_PAGES}", largePages());
    for (String side : List.of("driver", "executor")) {
      assertTrue(dag.contains("f\"" + options(side)), options(side));
    }
    assertTrue(dag.contains("\"spark.speculation.multiplier\": \"" + speculation() + '"'), dag);
    assertTrue(dag.contains("java_class=\"" + Unroll.class.getName() + '"'), dag);
  }

  /** What the launcher gives each side, as far as it is the same on every machine. */
  private static String options(String side) throws IOException {
    String given =
        found("\"spark." + side + ".defaultJavaOptions=(.*?) ?\\$large_pages", read("unroll"));
    return given + " " + largePages();
  }

  private static String largePages() throws IOException {
    return found("readonly large_pages='(.*)'", read("unroll"));
  }

  private static String speculation() throws IOException {
    String defaults = Files.readString(DEPLOY.resolve("../conf/spark-defaults.conf"));
    return found("spark\\.speculation\\.multiplier +(\\S+)", defaults);
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), pattern);
    return matcher.group(1);
  }

  /** Those that would come again; all others are tried again. */
  @Test
  void finalExitCodesAreThoseOfTheProgram() throws IOException {
    List<Integer> codes =
        List.of(ExitCode.USAGE.code(), ExitCode.BAD_DATA.code(), ExitCode.DIVERGED.code());
    String dag = found("FINAL_CODES = \\{(.*)}", read("airflow/unroll_nights.py"));
    assertEquals(
        codes,
        Pattern.compile("(\\d+): ")
            .matcher(dag)
            .results()
            .map(code -> Integer.valueOf(code.group(1)))
            .toList());
    List<List<?>> lists = lists(yaml("unroll-retrain.yaml"));
    assertTrue(lists.contains(codes), lists.toString());
    assertTrue(lists.contains(List.of(ExitCode.INTERRUPTED.code())), lists.toString());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "10, 0", "3, 3", "75, 75"})
  void aModelThatIsKeptIsNoFailureOnKubernetes(int code, int expected) throws Exception {
    List<String> words = new ArrayList<>();
    for (List<?> list : lists(yaml("unroll-retrain.yaml"))) {
      if (list.contains("bash")) {
        list.forEach(word -> words.add(word.toString()));
      }
    }
    words.addAll(List.of("bash", "-c", "exit " + code));
    assertEquals(expected, new ProcessBuilder(words).inheritIO().start().waitFor());
  }

  private static String read(String file) throws IOException {
    return Files.readString(DEPLOY.resolve(file));
  }

  private static List<Object> yaml(String file) throws IOException {
    List<Object> documents = new ArrayList<>();
    new Load(LoadSettings.builder().build())
        .loadAllFromString(read("kubernetes/" + file))
        .forEach(documents::add);
    return documents;
  }

  /** All lists in a document, however deep. */
  private static List<List<?>> lists(Object node) {
    List<List<?>> lists = new ArrayList<>();
    if (node instanceof List<?> list) {
      lists.add(list);
    }
    Collection<?> inside =
        node instanceof Map<?, ?> map
            ? map.values()
            : node instanceof List<?> list ? list : List.of();
    inside.forEach(value -> lists.addAll(lists(value)));
    return lists;
  }
}
