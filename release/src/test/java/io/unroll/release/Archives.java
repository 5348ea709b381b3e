package io.unroll.release;

import io.unroll.driver.process.CommandProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The archives that were made, and a home to install them in. */
final class Archives {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Path PREFIX = Path.of(System.getProperty("release"));

  static final String VERSION = PREFIX.getFileName().toString().substring("unroll-".length());

  /** All programs that the scripts call, and Hadoop at the end; Maven is none of them. */
  private static final List<String> PROGRAMS =
      List.of(
          "awk",
          "basename",
          "bash",
          "cat",
          "cksum",
          "cp",
          "dirname",
          "env",
          "find",
          "grep",
          "gzip",
          "head",
          "ln",
          "locale",
          "mkdir",
          "mv",
          "nohup",
          "ps",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "sort",
          "tail",
          "tar",
          "touch",
          "tr",
          "xargs",
          "chmod",
          "id",
          "ls");

  private final Path folder;
  private final Path home;
  private final Path tools;
  private int commands;

  /** A folder with the archives, an empty home and the few programs that there are. */
  Archives(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder.resolve("my programs"));
    this.home = Files.createDirectory(folder.resolve("home"));
    this.tools = Files.createDirectory(folder.resolve("tools"));
    for (String ending : List.of(".tar.gz", "-with-spark.tar.gz")) {
      Path archive = Path.of(PREFIX + ending);
      Files.createSymbolicLink(this.folder.resolve(archive.getFileName()), archive);
    }
    for (String program : PROGRAMS) {
      Files.createSymbolicLink(tools.resolve(program), found(program));
    }
  }

  private static Path found(String program) {
    return Pattern.compile(":")
        .splitAsStream(System.getenv("PATH"))
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + program));
  }

  Path home() {
    return home;
  }

  /** What is in the folder of the archives, as soon as they are unpacked. */
  Path unpacked(String name) {
    return folder.resolve(name);
  }

  /** Runs lines for a shell in the folder of the archives; they must succeed. */
  String run(String lines) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(tools.resolve("env").toString(), "-i"));
    words.add("HOME=" + home);
    words.add("PATH=" + tools);
    words.add("JAVA_HOME=" + System.getProperty("java.home"));
    words.add("LANG=C.UTF-8");
    words.add("UNROLL_MEMORY=1g");
    words.addAll(List.of("bash", "-ec", "cd \"$0\"\n" + lines, folder.toString()));
    Path log = folder.resolve("log-" + commands++);
    return CommandProcess.start(log, Map.of(), words).await(0);
  }

  /** The commands of the README's section on releases: with Spark, and without. */
  static List<String> documented() throws IOException {
    String section =
        Files.readString(ROOT.resolve("README.md"))
            .split("\n## Install a release\n", 2)[1]
            .split("\n## ", 2)[0];
    return Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL)
        .matcher(section)
        .results()
        .map(block -> block.group(1).replace("VERSION", VERSION))
        .toList();
  }
}
