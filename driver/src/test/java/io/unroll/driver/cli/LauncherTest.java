package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.config.ConfigurationLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

class LauncherTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /**
   * Later than bash 3.2 (which is tried by putting one first on the PATH), or of GNU's programs:
   * arrays read, associative or counted from the end; letters turned to capitals; arrays that may
   * be empty, which it takes for unset; the next process waited for; both streams at once.
   */
  private static final Pattern TOO_NEW =
      Pattern.compile(
          "\\b(mapfile|readarray|coproc|BASHPID|EPOCHSECONDS)\\b|(declare|local) -[a-zA-Z]*[Agnl]"
              + "|\\$\\{\\w+\\[-\\d|\\$\\{\\w+(\\^|,|@[A-Z])|wait -n|\\|&|&>>|;&|%\\([^)]*\\)T|shopt"
              + "|(?<!\\+)\"\\$\\{(options|defaults)\\[@\\]\\}\""
              + "|readlink -|realpath|sed -[a-zA-Z]*[ir]|grep -[a-zA-Z]*P|xargs -[a-zA-Z]*[rd]"
              + "|date -[dI]|stat -c|\\btimeout |\\bnproc\\b|\\btac\\b|cp -[a-zA-Z]*[lT]|mktemp -[a-zA-Z]*p|head -n -");

  private static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  @Test
  void launcherOpensWhatSparkOpens() throws IOException {
    String launcher = Files.readString(ROOT.resolve("deploy/unroll"));
    Pattern.compile(" ")
        .splitAsStream(JavaModuleOptions.defaultModuleOptions().strip())
        // Which the kernels do without: see the comment there.
        .filter(option -> !option.equals("--add-modules=jdk.incubator.vector"))
        .forEach(option -> assertTrue(launcher.contains(option + "\n"), option));
  }

  @Test
  void scriptsAreValidBashAndFindTheirFolderThroughLinks() throws Exception {
    List<Path> scripts = new ArrayList<>();
    for (String folder :
        List.of("deploy", "deploy/airflow", "deploy/cron", "bench", "fuzz", ".ci")) {
      scripts.addAll(scripts(folder));
    }
    assertTrue(scripts.size() >= 13, scripts.toString());
    for (Path script : scripts) {
      Process bash =
          new ProcessBuilder("bash", "-n", script.toString()).redirectErrorStream(true).start();
      String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, bash.waitFor(), output);
      assertTrue(Files.isExecutable(script), script.toString());
      assertFalse(
          Files.readString(script).contains("dirname \"${BASH_SOURCE"),
          "follows no link: " + script);
    }
  }

  private static List<Path> scripts(String folder) throws IOException {
    List<Path> scripts = new ArrayList<>();
    for (Path file : files(folder, "")) {
      if (Files.isRegularFile(file) && Files.readString(file).startsWith("#!/usr/bin/env bash")) {
        scripts.add(file);
      }
    }
    return scripts;
  }

  @Test
  void scriptsKeepToWhatBash32AndTheProgramsOfMacOsKnow() throws IOException {
    List<Path> scripts = scripts("deploy");
    scripts.addAll(files("deploy", ".sh"));
    for (Path script : scripts) {
      for (String line : Files.readAllLines(script)) {
        if (!line.strip().startsWith("#")) {
          assertFalse(TOO_NEW.matcher(line).find(), script + ": " + line);
        }
      }
    }
  }

  @Test
  void everyLogGoesToStandardError() throws IOException {
    List<String> configurations =
        List.of(
            "conf/log4j2.properties",
            "bench/src/main/resources/log4j2.properties",
            "driver/src/test/resources/log4j2-test.properties",
            "data-prep/src/test/resources/log4j2-test.properties");
    for (String configuration : configurations) {
      List<String> lines = Files.readAllLines(ROOT.resolve(configuration));
      long consoles = lines.stream().filter(line -> line.endsWith(".type = Console")).count();
      long errors = lines.stream().filter(line -> line.endsWith(".target = SYSTEM_ERR")).count();
      assertEquals(1, consoles, configuration);
      assertEquals(consoles, errors, configuration);
    }
  }

  @Test
  void aHeapThatIsNoneNamesItsVariable() throws Exception {
    for (String memory : List.of("4GB", "0g", "4", "1m", "-1g")) {
      ProcessBuilder launcher =
          new ProcessBuilder(ROOT.resolve("deploy/unroll").toString(), "--version")
              .redirectErrorStream(true);
      launcher.environment().put("UNROLL_MEMORY", memory);
      Process process = launcher.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(1, process.waitFor(), output);
      assertEquals(
          "Cannot start Unroll: UNROLL_MEMORY is %s (expected a whole number with m or g, such as 800m or 4g; Spark needs 450m)"
              .formatted(memory),
          output.strip());
    }
  }

  @Test
  void everyNamedRunIsAValidConfiguration() throws IOException {
    List<Path> runs = files("conf", ".yaml");
    assertTrue(runs.size() >= 6, runs.toString());
    for (Path run : runs) {
      ConfigurationLoader loader = new ConfigurationLoader();
      loader.read(run.toString(), Files.readString(run));
      assertTrue(loader.load().run().startsWith("runs/"), run.toString());
    }
  }
}
