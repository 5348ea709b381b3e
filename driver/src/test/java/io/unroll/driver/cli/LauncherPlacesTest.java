package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher in folders of odd names, with a Java and a spark-submit that print what they get.
 */
class LauncherPlacesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String ODD = "my project (1) [été] 100% {a,b}#'x'";
  private static final String LOGGING = "-Dlog4j2.configurationFile=";

  /** Prints the locale, and its arguments one a line. */
  private static final String PRINTER =
      """
      #!/usr/bin/env bash
      printf '%s\\n' "LC_ALL=${LC_ALL:-}" "$@"
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"plain", ODD, "%41+~&;$HOME", "back\\slash", "two  blanks\tand a tab"})
  void startsJavaInAnyFolder(String name) throws Exception {
    Path project = project(name);
    List<String> words = run(project.resolve("deploy/unroll"), Map.of(), "sample");
    assertEquals(project.resolve("conf/log4j2.properties"), logging(words));
    String classPath = words.get(words.indexOf("-cp") + 1);
    assertEquals(
        project.resolve("driver/target/unroll-driver-0-app.jar")
            + ":"
            + project.resolve("driver/target/spark/jars/*"),
        classPath);
  }

  @Test
  void givesSparkSubmitOptionsWithoutBlanksAndAJarWithoutCommas() throws Exception {
    Path project = project(ODD);
    Path submit = executable(folder.resolve("spark/bin/spark-submit"));
    Map<String, String> spark = Map.of("SPARK_HOME", submit.getParent().getParent().toString());
    List<String> words = run(project.resolve("deploy/unroll"), spark, "sample");
    String options =
        words.stream()
            .filter(word -> word.startsWith("spark.driver.defaultJavaOptions="))
            .findFirst()
            .orElseThrow();
    assertEquals(
        project.resolve("conf/log4j2.properties"), logging(List.of(options.strip().split(" "))));
    String jar = words.get(words.indexOf("sample") - 1);
    assertFalse(jar.contains(","), jar);
    assertEquals(
        project.resolve("driver/target/unroll-driver-0-app.jar"), Path.of(URI.create(jar)));
  }

  @Test
  void findsItsProjectWhenALinkIsCalled() throws Exception {
    Path project = project("project");
    Path link =
        Files.createSymbolicLink(folder.resolve("unroll"), project.resolve("deploy/unroll"));
    Path second = Files.createSymbolicLink(folder.resolve("linked again"), link.getFileName());
    List<String> words = run(second, Map.of(), "sample");
    assertEquals(project.resolve("conf/log4j2.properties"), logging(words));
  }

  @Test
  void refusesAColonInItsOwnFolder() throws Exception {
    Path project = project("12:30");
    String output = String.join("\n", run(1, project.resolve("deploy/unroll"), Map.of(), "sample"));
    assertTrue(output.contains("has a colon in its path"), output);
    assertTrue(output.contains(project.toString()), output);
  }

  @Test
  void takesAUnicodeLocaleWhereTheGivenOneIsNotInstalled() throws Exception {
    Path launcher = project("project").resolve("deploy/unroll");
    for (Map<String, String> absent :
        List.of(
            Map.of("LC_CTYPE", "UTF-8"),
            Map.of("LANG", "xx_XX.UTF-8"),
            Map.of("LC_CTYPE", "C.UTF-8", "LANG", "xx_XX.UTF-8"),
            Map.of("LC_ALL", "xx_XX.UTF-8"),
            Map.of("LANG", "C"),
            Map.of("LANG", ""))) {
      // Bash itself may warn of the locale first.
      List<String> words = run(launcher, absent, "sample");
      assertTrue(words.contains("LC_ALL=C.UTF-8"), absent + ": " + words);
    }
    assertEquals("LC_ALL=", run(launcher, Map.of("LANG", "C.UTF-8"), "sample").get(0));
  }

  /** What the launcher needs of the project. */
  private Path project(String name) throws IOException {
    Path project = Files.createDirectories(folder.toRealPath().resolve(name));
    for (String file :
        List.of("deploy/unroll", "conf/log4j2.properties", "conf/spark-defaults.conf")) {
      Files.createDirectories(project.resolve(file).getParent());
      Files.copy(ROOT.resolve(file), project.resolve(file));
    }
    Files.createDirectories(project.resolve("driver/target/spark/jars"));
    Files.createFile(project.resolve("driver/target/unroll-driver-0-app.jar"));
    return project;
  }

  private static Path executable(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, PRINTER);
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }

  private static Path logging(List<String> words) {
    String option =
        words.stream().filter(word -> word.startsWith(LOGGING)).findFirst().orElseThrow();
    return Path.of(URI.create(option.substring(LOGGING.length())));
  }

  private List<String> run(Path script, Map<String, String> variables, String argument)
      throws Exception {
    return run(0, script, variables, argument);
  }

  private List<String> run(int code, Path script, Map<String, String> variables, String argument)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(script.toString(), argument).redirectErrorStream(true);
    Map<String, String> environment = new HashMap<>(variables);
    environment.putIfAbsent("LANG", "C.UTF-8");
    environment.put("PATH", System.getenv("PATH"));
    Path java = folder.resolve("java/bin/java");
    environment.put(
        "JAVA_HOME",
        (Files.exists(java) ? java : executable(java)).getParent().getParent().toString());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(code, process.waitFor(), output);
    return output.lines().toList();
  }
}
