package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/chaos} in a project whose cluster and trainings are stand-ins. */
class ChaosTest {
  /** Writes the same parameters for every run; waits before that in the first, if it is told to. */
  private static final String UNROLL =
      """
      #!/usr/bin/env bash
      while [ $# -gt 0 ]; do
        [ "$1" != --run ] || run=$2
        shift
      done
      [ -n "${run:-}" ] || exit 0
      mkdir -p "$run/checkpoints/round-1"
      case "$run" in *undisturbed) ;; *) if mkdir waiting 2> waiting.log; then exec sleep 60; fi ;; esac
      printf same > "$run/checkpoints/round-1/model.safetensors"
      """;

  /** With this seed the driver is killed first, and at the first opportunity. */
  private static final String DRIVER_FIRST = "156";

  @TempDir private Path project;

  @BeforeEach
  void copyTheScript() throws IOException {
    script("deploy/environment.sh", Files.readString(Path.of("../deploy/environment.sh")));
    script("deploy/cluster", "#!/usr/bin/env bash\n");
    script("deploy/unroll", UNROLL);
    Files.writeString(Files.createDirectory(project.resolve("docs")).resolve("page.md"), "text");
  }

  private void script(String name, String content) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Both streams of a script that waits so many seconds for something to kill. */
  private String chaos(int code, int patience) throws Exception {
    String script = Files.readString(Path.of("../deploy/chaos"));
    assertTrue(script.contains("patience=600"), "the script waits for another time");
    script("deploy/chaos", script.replace("patience=600", "patience=" + patience));
    Process process =
        new ProcessBuilder(project + "/deploy/chaos", "--minutes", "0", "--seed", DRIVER_FIRST)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(code, process.waitFor(), output);
    return output;
  }

  @Test
  void failsWhereNothingWasKilled() throws Exception {
    Files.createDirectory(project.resolve("waiting")); // no training lasts
    String output = chaos(1, 1);
    assertTrue(output.contains("runs with the same bytes; 0 processes killed"), output);
    assertTrue(
        output.endsWith("Nothing was killed: the training was too short, or too slow to start\n"),
        output);
  }

  @Test
  void startsAgainWhatItKilled() throws Exception {
    String output = chaos(0, 60);
    assertTrue(output.contains("KILL to driver "), output);
    assertTrue(output.contains("run 1 is done, with the same bytes"), output);
    assertTrue(
        output.endsWith("1 runs with the same bytes; 1 processes killed, 1 starts again\n"),
        output);
  }
}
