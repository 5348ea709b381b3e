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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher in folders of odd names, with a Java and a spark-submit that print what they get.
 */
class LauncherPlacesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String ODD = "my project (1) [été] 100% {a,b}#'x'";
  private static final String LOGGING = "-Dlog4j2.configurationFile=";

  private static final Pattern COPY =
      Pattern.compile("^COPY --chown=spark (.+) (/\\S+)$", Pattern.MULTILINE);

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
  void findsTheJarsOfARelease() throws Exception {
    Path release = release();
    Files.createDirectories(release.resolve("spark/jars"));
    List<String> words = run(release.resolve("bin/unroll"), Map.of(), "sample");
    assertEquals(
        release.resolve("lib/unroll-driver-1-app.jar") + ":" + release.resolve("spark/jars/*"),
        words.get(words.indexOf("-cp") + 1));
  }

  @Test
  void givesHelpWithoutSparkAndSaysWhereToGetOneForTheRest() throws Exception {
    Path release = release();
    List<String> words = run(release.resolve("bin/unroll"), Map.of(), "--help");
    assertEquals(
        release.resolve("lib/unroll-driver-1-app.jar").toString(),
        words.get(words.indexOf("-cp") + 1));
    assertEquals(
        List.of(
            "Cannot start Unroll: this release has no spark/jars. Set SPARK_HOME to an installation"
                + " of Spark, or take the release that has Spark in it"),
        run(1, release.resolve("bin/unroll"), Map.of(), "sample"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lib", "driver/target"})
  void hasAllItNeedsInTheImageForKubernetes(String jars) throws Exception {
    Path image = folder.toRealPath().resolve("image");
    Path project = jars.equals("lib") ? release() : project("project");
    Matcher copies =
        COPY.matcher(
            Files.readString(ROOT.resolve("deploy/kubernetes/Dockerfile"))
                .replace("${JARS}", jars));
    while (copies.find()) {
      Path to = image.resolve(copies.group(2).substring(1));
      Files.createDirectories(to);
      // Of folders, Docker copies what is in them.
      String from = copies.group(1).replaceAll("\\bconf\\b", "conf/*");
      String command = "cp -R " + from + " '" + to + "'";
      assertEquals(
          0,
          new ProcessBuilder("bash", "-c", command)
              .directory(project.toFile())
              .inheritIO()
              .start()
              .waitFor());
    }
    Path submit = executable(folder.resolve("spark/bin/spark-submit"));
    Map<String, String> spark = Map.of("SPARK_HOME", submit.getParent().getParent().toString());
    Path launcher = image.resolve("opt/unroll/deploy/unroll");
    String jar =
        run(launcher, spark, "train").stream()
            .filter(word -> word.endsWith("-app.jar"))
            .findFirst()
            .orElseThrow();
    assertTrue(Files.exists(Path.of(URI.create(jar))), jar);
    assertTrue(
        Files.readString(ROOT.resolve("deploy/kubernetes/unroll-retrain.yaml"))
            .contains("[/opt/unroll/deploy/unroll]"));
  }

  private Path release() throws IOException {
    Path release = project("unroll 1");
    Files.createDirectories(release.resolve("lib"));
    Files.move(
        release.resolve("driver/target/unroll-driver-0-app.jar"),
        release.resolve("lib/unroll-driver-1-app.jar"));
    Files.createDirectories(release.resolve("bin"));
    Files.copy(release.resolve("deploy/unroll"), release.resolve("bin/unroll"));
    return release;
  }

  @ParameterizedTest
  @CsvSource({
    "17.0.15, 3.5.9",
    "21, 4.1.3",
    "23.0.1, 3.5.9",
    "24-ea, 4.2.0",
    "25.0.3, 4.10.1",
    "26, 5.0.0"
  })
  void takesAJavaThatRunsTheSparkItHas(String java, String spark) throws Exception {
    Path launcher = project("project", java, spark).resolve("deploy/unroll");
    List<String> words = run(launcher, Map.of(), "sample");
    assertTrue(words.contains("sample"), words.toString());
    // Of a package that is gone, later ones would warn.
    assertEquals(
        java.matches("17.*|2[1-3].*"),
        words.contains("--add-opens=java.base/sun.security.action=ALL-UNNAMED"));
  }

  @ParameterizedTest
  @CsvSource({"24, 3.5.9", "24.0.1, 4.0.4", "25.0.3, 4.1.3", "26-ea, 3.5.1-vendor-2"})
  void refusesAJavaThatIsTooNewForItsSpark(String java, String spark) throws Exception {
    Path project = project("project", java, spark);
    Path submit = executable(folder.resolve("spark/bin/spark-submit"));
    Path home = submit.getParent().getParent();
    Files.createSymbolicLink(home.resolve("jars"), project.resolve("driver/target/spark/jars"));
    String release = java.replaceFirst("\\D.*", "");
    List<String> refusal =
        List.of(
            "Cannot use Spark %s on Java %s (expected Spark 3.5 to 4.1 with Java 17 or 21; Java 24 and later need Spark 4.2). Set JAVA_HOME to such a Java, or SPARK_HOME to such a Spark"
                .formatted(spark, release));
    Path launcher = project.resolve("deploy/unroll");
    assertEquals(refusal, run(1, launcher, Map.of(), "sample"));
    assertEquals(refusal, run(1, launcher, Map.of("SPARK_HOME", home.toString()), "sample"));
    assertTrue(run(launcher, Map.of(), "--version").contains("--version"));
  }

  @Test
  void refusesAJavaThatIsTooOldForItself() throws Exception {
    for (String version : List.of("11.0.2", "1.8.0_302")) {
      Path launcher = project("project " + version, version, "3.5.9").resolve("deploy/unroll");
      String output = String.join("\n", run(1, launcher, Map.of(), "--version"));
      assertTrue(output.matches("Cannot start Unroll: .*/java is Java (11|8) \\(.*"), output);
    }
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
        List.of(
            "deploy/unroll",
            "deploy/environment.sh",
            "conf/log4j2.properties",
            "conf/spark-defaults.conf")) {
      Files.createDirectories(project.resolve(file).getParent());
      Files.copy(ROOT.resolve(file), project.resolve(file));
    }
    Files.createDirectories(project.resolve("driver/target/spark/jars"));
    Files.createFile(project.resolve("driver/target/unroll-driver-0-app.jar"));
    return project;
  }

  /** A project with a Java and a Spark of given versions. */
  private Path project(String name, String java, String spark) throws IOException {
    Path project = project(name);
    Files.createFile(
        project.resolve("driver/target/spark/jars/spark-core_2.13-%s.jar".formatted(spark)));
    Files.createDirectories(folder.resolve("java"));
    Files.writeString(
        folder.resolve("java/release"),
        "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"%s\"\nJAVA_VERSION_DATE=\"2025-04-15\"\n"
            .formatted(java));
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
