package io.unroll.driver.guides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.CommandProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows the guides: types every block of commands, one after the other, in a folder that has
 * nothing but small files of the names that they use. Changed are the numbers of rounds and of
 * generated examples, and names of models that a guide does not make. Belongs to the profile
 * guides.
 */
class GuidesFollowed {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("(?m)^```bash\n(.*?)^```", Pattern.DOTALL);

  private static final List<String> FIRST =
      List.of(
          "docs/tasks.md", "README.md", "CONTRIBUTING.md", "deploy/README.md", "bench/README.md");

  /** What a block has that is not followed here, and what follows it. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("driver/onnx/target", "OnnxExportIT and ImagesIT of driver/onnx"),
          Map.entry("driver/dl4j/target", "CharacterModelClusterIT and ServingTest of driver/dl4j"),
          Map.entry("pip install", "a program of others"),
          Map.entry("| jq", "a program of others"),
          Map.entry("MLFLOW_TRACKING_URI", "needs a server: MlflowRunTest has one of its own"),
          Map.entry("mvn ", "the build: .ci/run, .ci/warnings, and these tests are part of it"),
          Map.entry("unroll-VERSION", "InstallationReleaseIT of the profile release"),
          Map.entry("--master yarn", "YarnRunIT of the profile storage"),
          Map.entry("deploy/cluster", "the tests of the profile cluster, by SparkCluster"),
          Map.entry("cron/retrain", "FiveNightsClusterIT of the profile cluster"),
          Map.entry("bench/", "measures an idle machine for a page of results"));

  /** Models that pages speak of without saying how they were made. */
  private static final String MADE_BEFORE =
      """
      deploy/unroll prep text --tokenizer word --input text.txt --output runs/before/words
      deploy/unroll train --data runs/before/words --run runs/words/lstm
      deploy/unroll prep text --tokenizer char --input data/tiny-shakespeare/input.txt --output datasets/tiny-shakespeare
      deploy/unroll train --data datasets/tiny-shakespeare --run runs/lstm
      deploy/unroll train --data datasets/tiny-shakespeare --run runs/rnn --model.cell rnn
      deploy/unroll train --data datasets/tiny-shakespeare --run runs/x
      deploy/unroll prep text --tokenizer char --input text.txt --output runs/quickstart/data
      deploy/unroll train --config conf/quickstart.yaml
      deploy/unroll promote --model runs/lstm --registry srv/model/registry
      deploy/unroll promote --model runs/rnn --registry srv/model/registry
      cp -r runs/lstm runs/a
      cp -r runs/lstm runs/b
      cp -r runs/rnn runs/c
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException, InterruptedException {
    Files.createSymbolicLink(folder.resolve("conf"), ROOT.resolve("conf"));
    String java =
        CommandProcess.java().stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Path launcher = Files.createDirectory(folder.resolve("deploy")).resolve("unroll");
    Files.writeString(
        launcher,
        "#!/bin/sh\nexec %s io.unroll.driver.cli.Unroll \"$@\"\n"
            .formatted(java.replaceFirst(" ", " \\$UNROLL_JAVA_OPTIONS ")));
    assertTrue(launcher.toFile().setExecutable(true));
    new GuideInputs(folder).write();
    follow("before", MADE_BEFORE);
  }

  @TestFactory
  Stream<DynamicTest> everyBlockEndsWell() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : pages()) {
      for (String commands : blocks(page)) {
        if (ELSEWHERE.keySet().stream().noneMatch(commands::contains)) {
          String first = commands.lines().findFirst().orElseThrow();
          String name = ROOT.relativize(page).toString();
          tests.add(DynamicTest.dynamicTest(name + ": " + first, () -> follow(name, commands)));
        }
      }
    }
    assertTrue(tests.size() > 25, "only " + tests.size() + " blocks found");
    return tests.stream();
  }

  /** Everything that people read; other pages speak of models that the page of tasks makes. */
  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              FIRST.stream().map(ROOT::resolve),
              docs.filter(page -> page.toString().endsWith(".md")).sorted())
          .distinct()
          .toList();
    }
  }

  /** Those that ask a server belong to the block that starts it. */
  private static List<String> blocks(Path page) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(page));
    while (block.find()) {
      String commands = block.group(1);
      if (commands.startsWith("curl")) {
        commands = blocks.remove(blocks.size() - 1) + commands;
      }
      blocks.add(commands);
    }
    return blocks;
  }

  private static void follow(String page, String commands)
      throws IOException, InterruptedException {
    Path log = folder.resolve(page.replace('/', '-') + ".log");
    Process process =
        new ProcessBuilder("bash", "-euxo", "pipefail", "-c", small(commands))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> read(log));
  }

  /** The same, on less: what blocks before made under the same name is removed first. */
  private static String small(String commands) {
    if (commands.contains("curl ")) {
      return asked(commands);
    }
    return commands
        .replaceAll("(?m)^(.* train .*)$", "$1 --training.max-rounds 2")
        .replaceAll(
            "(?m)^(deploy/unroll (?:prep|phrases|word2vec).* --output (\\S+).*)$", "rm -rf $2\n$1")
        .replace(" /srv/", " srv/")
        .replace("--train 3200000", "--train 4000")
        .replace("--compare runs/de-en/gru", "--compare runs/de-en/attention")
        .replace("--vocabulary runs/x/data", "--vocabulary datasets/tiny-shakespeare")
        .replace("--model model.safetensors", "--model runs/x/best/model.safetensors");
  }

  /** A server in the background, which is asked as soon as it is there, and interrupted. */
  private static String asked(String commands) {
    return "trap 'kill $! || true' EXIT\n"
        + commands
            .replaceAll("(?m)^(deploy/unroll .*)$", "rm -rf runs/quickstart/asked\n$1 &")
            .replace("--ui &", "--ui --run runs/quickstart/asked &")
            .replace(
                "curl ",
                "curl --silent --show-error --fail --retry 60 --retry-delay 1 --retry-connrefused ")
        + "kill $!\nwait $! || true\n";
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
