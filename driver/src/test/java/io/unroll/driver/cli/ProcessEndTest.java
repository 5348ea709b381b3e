package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.CommandProcess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of programs; storage-tests has it on a real YARN. */
class ProcessEndTest {
  @TempDir private Path folder;

  @Test
  void whatYarnShowsIsTheExitCodeAndTheMessage() {
    StringWriter shown = new StringWriter();
    new ProcessEnd.FailedApplication(3, "Cannot read it").printStackTrace(new PrintWriter(shown));
    assertEquals("Unroll ended with exit code 3\nCannot read it", shown.toString().strip());
  }

  /** Java ends with 1 what throws out of main; with 2 nothing but {@code System.exit} does. */
  @Test
  void onlyAnApplicationMasterIsLeftToEndByItself() throws Exception {
    String thrown = ended(1, "yarn", "cluster");
    assertTrue(thrown.contains("Unroll ended with exit code 2\nMissing command\n"), thrown);
    ended(2, "yarn", "client");
    ended(2, "spark://host:7077", "cluster");
  }

  private String ended(int code, String master, String deployMode) throws Exception {
    List<String> words =
        new ArrayList<>(
            CommandProcess.java(
                "-Dspark.master=" + master, "-Dspark.submit.deployMode=" + deployMode));
    words.add(Unroll.class.getName());
    Path log = folder.resolve(master.length() + deployMode + ".log");
    return CommandProcess.start(log, Map.of(), words).await(code);
  }
}
