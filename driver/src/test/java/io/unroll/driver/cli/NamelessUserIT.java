package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import io.unroll.driver.process.CommandProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command of a user whom the system has no name for. */
class NamelessUserIT {
  @TempDir private Path folder;

  @Test
  void opensFiles() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "no setpriv on this machine");
    assumeTrue(new UnixSystem().getUid() == 0, "only root may become another user");
    // It may read the class path, which may be in a folder of root's.
    List<String> words =
        new ArrayList<>(
            List.of(
                "/usr/bin/setpriv",
                "--reuid=12345",
                "--clear-groups",
                "--inh-caps=+dac_override",
                "--ambient-caps=+dac_override"));
    words.addAll(CommandProcess.java());
    words.addAll(List.of(Unroll.class.getName(), "sample", "--model=/absent/model"));
    CommandProcess process = CommandProcess.start(folder.resolve("log"), Map.of(), words);
    String output = process.await(ExitCode.BAD_DATA.code());
    // Not "failure to login", which has the path and the exit code, too.
    assertTrue(output.contains("/absent/model: it does not exist"), output);
  }
}
