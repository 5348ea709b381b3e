package io.unroll.worker.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {
  @TempDir private Path folder;

  @Test
  void hasANameOrElseAnArchitecture() throws IOException {
    Path information = folder.resolve("cpuinfo");
    Files.writeString(
        information, "processor\t: 0\nmodel name\t: Model X: fast\nmodel name\t: Y\n");
    assertEquals("Model X: fast", Processor.model(information));
    assertEquals(Processor.architecture(), Processor.model(folder.resolve("none")));
  }

  @Test
  void multipliesAndAddsAtOnceHere() {
    assertTrue(Processor.multipliesAndAddsAtOnce());
  }
}
