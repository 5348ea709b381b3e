package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What documents name is there: classes, their members and packages, files, and the targets of
 * links. Who renames a class learns here which pages still have its old name.
 */
class DocumentedNamesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Folders of what is built and run, which changes while tests run. */
  private static final Set<String> NOT_OURS = Set.of(".git", "runs", "target");

  /** History names what has gone. */
  private static final Set<String> HISTORY = Set.of("CHANGELOG.md");

  /** Names in quotes that look like classes of the project and are of Java or of a library. */
  private static final Set<String> FOREIGN =
      Set.of(
          // Java and its tools
          "DefaultLocale",
          "IOException",
          "Locale",
          "NoClassDefFoundError",
          "ObjectInputStream",
          // Python and PyTorch
          "DataParallel",
          "DistributedDataParallel",
          "True",
          // Spark and Hadoop
          "FetchFailedException",
          "MiniYARNCluster",
          "SparkSubmit",
          // Deeplearning4j
          "ClipL2PerLayer",
          "CollectScoresListener",
          "ComputationGraph",
          "DataSet",
          "EmbeddingSequenceLayer",
          "GravesLSTM",
          "ModelSerializer",
          "MultiLayerNetwork",
          "Nesterovs",
          "RnnOutputLayer",
          "SimpleRnn",
          "SparkDl4jMultiLayer",
          "TrainingListener");

  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  /** A word in capitals and small letters, with its package before it and a member after it. */
  private static final Pattern CLASS =
      Pattern.compile(
          "(?<folder>io\\.unroll\\.[a-z0-9.]+\\.)?"
              + "(?<type>[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:\\.(?<member>\\w+))?(?:\\(\\))?");

  private static final Pattern PACKAGE = Pattern.compile("io\\.unroll(\\.[a-z0-9]+)+");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern PATH =
      Pattern.compile(
          "(?:\\.ci|bench|conf|data-prep|deploy|docs|driver|fuzz|release|worker)/[^\\s*:]+");

  /** Lines outside of blocks of code, by where they stand. */
  private static final Map<String, String> LINES = new TreeMap<>();

  /** Sources of the project by what the class is called. */
  private static final Map<String, List<Path>> SOURCES = new HashMap<>();

  private static final Map<Path, String> TEXTS = new HashMap<>();

  @BeforeAll
  static void read() throws IOException {
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean ours = !NOT_OURS.contains(folder.getFileName().toString());
            return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            readFile(file);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void readFile(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(".java")) {
      SOURCES.computeIfAbsent(name.replace(".java", ""), key -> new ArrayList<>()).add(file);
      TEXTS.put(file, Files.readString(file));
    } else if (name.endsWith(".md") && !HISTORY.contains(name)) {
      readLines(file);
    }
  }

  private static void readLines(Path file) throws IOException {
    boolean code = false;
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      code ^= line.startsWith("```");
      if (!code) {
        LINES.put(ROOT.relativize(file) + ":" + number, line);
      }
    }
  }

  @Test
  void classesAndTheirMembersExist() {
    Set<String> found = new TreeSet<>();
    List<String> missing = missing((place, line) -> missingClasses(line, found));
    assertEquals(List.of(), missing);
    assertTrue(found.size() >= 100, "only " + found.size() + " classes found");
  }

  @Test
  void packagesExist() {
    assertEquals(
        List.of(),
        missing(
            (place, line) ->
                quoted(line)
                    .filter(word -> PACKAGE.matcher(word).matches())
                    .filter(word -> TEXTS.keySet().stream().noneMatch(in(word)))
                    .toList()));
  }

  @Test
  void filesAndTargetsOfLinksExist() {
    Set<String> found = new TreeSet<>();
    assertEquals(List.of(), missing((place, line) -> missingFiles(place, line, found)));
    assertTrue(found.size() >= 60, "only " + found.size() + " files found");
  }

  private static List<String> missing(BiFunction<String, String, List<String>> search) {
    List<String> all = new ArrayList<>();
    LINES.forEach(
        (place, line) ->
            search.apply(place, line).forEach(it -> all.add(place + ": there is no " + it)));
    return all;
  }

  private static Stream<String> quoted(String line) {
    return QUOTED.matcher(line).results().map(it -> it.group(1));
  }

  private static List<String> missingClasses(String line, Set<String> found) {
    List<String> missing = new ArrayList<>();
    quoted(line)
        .map(CLASS::matcher)
        .filter(name -> name.matches() && !FOREIGN.contains(name.group("type")))
        .forEach(
            name -> {
              if (exists(name.group("folder"), name.group("type"), name.group("member"))) {
                found.add(name.group());
              } else {
                missing.add(name.group());
              }
            });
    return missing;
  }

  private static boolean exists(String folder, String type, String member) {
    return declarations(type).stream()
        .filter(file -> folder == null || in(folder.replaceFirst("\\.$", "")).test(file))
        .anyMatch(file -> member == null || containsWord(TEXTS.get(file), member));
  }

  /** Files of the class, or of those that it is nested in. */
  private static List<Path> declarations(String type) {
    List<Path> own = SOURCES.getOrDefault(type, List.of());
    Pattern nested = Pattern.compile("\\b(class|interface|record|enum) " + type + "\\b");
    return own.isEmpty()
        ? TEXTS.keySet().stream().filter(file -> nested.matcher(TEXTS.get(file)).find()).toList()
        : own;
  }

  private static boolean containsWord(String text, String word) {
    return Pattern.compile("\\b" + word + "\\b").matcher(text).find();
  }

  /** Whether a source is in a package, or in one inside of it. */
  private static Predicate<Path> in(String name) {
    return file ->
        file.getParent().toString().replace('/', '.').matches(".*\\.java\\." + name + "(\\..*)?");
  }

  private static List<String> missingFiles(String place, String line, Set<String> found) {
    Path folder = ROOT.resolve(place.replaceFirst(":\\d+$", "")).getParent();
    Stream<Path> linked =
        LINK.matcher(line).results().map(link -> folder.resolve(link.group(1)).normalize());
    Stream<Path> named =
        quoted(line)
            .map(PATH::matcher)
            .filter(Matcher::lookingAt)
            .map(Matcher::group)
            .filter(path -> !isMadeLater(path))
            .map(ROOT::resolve);
    return Stream.concat(linked, named)
        .filter(
            file -> {
              found.add(file.toString());
              return !Files.exists(file);
            })
        .map(file -> ROOT.relativize(file).toString())
        .toList();
  }

  /** What a build makes, or a name with a place for another: {@code conf/X.yaml}. */
  private static boolean isMadeLater(String path) {
    return path.matches("(.*/)?target(/.*)?") || path.matches(".*\\b[A-Z]+\\b.*");
  }
}
