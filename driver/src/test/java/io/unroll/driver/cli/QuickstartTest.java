package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/quickstart} in a project whose build and commands are stand-ins. */
class QuickstartTest {
  /** Makes a dataset and a model that are named after the text. */
  private static final String UNROLL =
      """
      #!/usr/bin/env bash
      case "$1" in
        prep)
          mkdir -p runs/quickstart/data
          printf '{"train":{"tokens":1000}}' > runs/quickstart/data/manifest.json
          ;;
        train)
          mkdir -p runs/quickstart/run
          cp runs/quickstart/source runs/quickstart/run/model
          exit "${CODE:-0}"
          ;;
      esac
      """;

  @TempDir private Path folder;
  private Path project;

  @BeforeEach
  void copyTheScript() throws IOException {
    project = Files.createDirectories(folder.resolve("my project"));
    script("deploy/quickstart", Files.readString(Path.of("../deploy/quickstart")));
    script("deploy/environment.sh", Files.readString(Path.of("../deploy/environment.sh")));
    Files.writeString(project.resolve("pom.xml"), "<spark.version>3.5.9</spark.version>\n");
    script("deploy/unroll", UNROLL);
    script("bin/mvn", "#!/usr/bin/env bash\n");
    java("17.0.15");
  }

  /** A Java whose version is all that is asked of it. */
  private void java(String version) throws IOException {
    script("java/bin/java", "#!/usr/bin/env bash\n");
    Files.writeString(project.resolve("java/release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  private void script(String name, String content) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** The last run's output, both streams. */
  private String quickstart(int code, Path from, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(project + "/deploy/quickstart"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(from.toFile()).redirectErrorStream(true);
    builder.environment().put("PATH", project + "/bin:" + System.getenv("PATH"));
    builder.environment().put("CODE", Integer.toString(code));
    builder.environment().put("JAVA_HOME", project + "/java");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(code, process.waitFor(), output);
    return output;
  }

  private String model(String place) throws IOException {
    return Files.readString(project.resolve("runs").resolve(place).resolve("run/model")).strip();
  }

  @Test
  void refusesAJavaThatWillNotDoBeforeItBuilds() throws Exception {
    script("bin/mvn", "#!/usr/bin/env bash\necho built >&2\n");
    java("25.0.3");
    assertEquals(
        "Cannot use Spark 3.5.9 on Java 25 (expected Spark 3.5 to 4.1 with Java 17 or 21;"
            + " Java 24 and later need Spark 4.2). Set JAVA_HOME to such a Java, or SPARK_HOME to such a Spark\n",
        quickstart(1, folder));
    java("11.0.2");
    String old = quickstart(1, folder);
    assertTrue(
        old.endsWith(" is Java 11 (expected 17 or later). Set JAVA_HOME to such a Java\n"), old);
    assertFalse(Files.exists(project.resolve("runs")), "begun all the same");
  }

  @Test
  void buildsNothingInARelease() throws Exception {
    Files.delete(project.resolve("pom.xml"));
    Files.delete(project.resolve("bin/mvn"));
    Files.createDirectory(project.resolve("lib"));
    String output = quickstart(0, folder, "text.txt");
    assertFalse(output.contains("Building"), output);
    assertEquals(folder + "/text.txt", model("quickstart"));
  }

  @Test
  void keepsWhatWasMadeOfAnotherText() throws Exception {
    String interrupted = quickstart(75, folder, "one.txt", "two words.txt");
    String command = (project + "/deploy/quickstart").replace(" ", "\\ ");
    assertTrue(
        interrupted.contains("To go on: " + command + " one.txt two\\ words.txt\n"), interrupted);
    String other = quickstart(0, folder, "other.txt");
    assertTrue(other.contains("The last quickstart read another text: beginning anew"), other);
    assertEquals(folder + "/one.txt " + folder + "/two words.txt", model("quickstart-1"));
    assertEquals(folder + "/other.txt", model("quickstart"));
    String unroll = (project + "/deploy/unroll").replace(" ", "\\ ");
    assertTrue(other.contains("  " + unroll + " sample --model "), other);
    String again = quickstart(0, project, folder + "/other.txt");
    assertTrue(again.contains("was finished: beginning anew"), again);
    assertTrue(again.contains("What it made is in runs/quickstart-2\n"), again);
    assertTrue(again.contains("  deploy/unroll sample --model runs/quickstart/run "), again);
    assertEquals(folder + "/other.txt", model("quickstart-2"));
  }
}
