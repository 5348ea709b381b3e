package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.CommandProcess;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program with what is in the application jar, and nothing that Spark brings. */
class WithoutSparkTest {
  @TempDir private Path folder;

  private String unroll(int code, String... arguments) throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(WithoutSparkTest::isBundled)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> words = CommandProcess.java();
    words.set(words.size() - 1, classPath);
    words.add(Unroll.class.getName());
    words.addAll(List.of(arguments));
    Path log = folder.resolve(arguments[0] + ".log");
    return CommandProcess.start(log, Map.of(), words).await(code);
  }

  private static boolean isBundled(String entry) {
    return entry.matches(".*/(worker|data-prep|driver)/target/classes|.*/unroll-[^/]*jar")
        || entry.matches(".*/(picocli|snakeyaml-engine|javacpp|openblas)-[^/]*jar");
  }

  @Test
  void helpIsTheSame() throws Exception {
    assertEquals(Execution.of("--help").out(), unroll(0, "--help"));
  }

  @Test
  void theVersionSaysThatThereIsNoSpark() throws Exception {
    String version = unroll(0, "--version");
    assertTrue(version.startsWith("Unroll "), version);
    assertTrue(version.endsWith(", no Spark on the class path\n"), version);
  }

  @Test
  void aCommandSaysWhatIsMissing() throws Exception {
    assertEquals(
        "Cannot run sample: Spark is not on the class path (expected the jars of Spark 3.5 or 4). Start it by"
            + " spark-submit, by bin/unroll of a release or by deploy/unroll of the project\n",
        unroll(1, "sample", "--model", "runs/quickstart/run"));
  }
}
