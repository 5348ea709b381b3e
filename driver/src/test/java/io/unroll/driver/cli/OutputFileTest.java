package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir private Path folder;

  @Test
  void writesIntoAFolderAndReplaces() throws IOException {
    Path page = folder.resolve("a page, 100%.html");
    OutputFile.write(page.toString(), "old", new Configuration());
    OutputFile.write(page.toString(), "new", new Configuration());
    assertEquals("new", Files.readString(page));
  }

  @Test
  void aNameAloneIsInTheFolderWhereTheCommandWasTyped() throws IOException {
    Path page = Path.of("output-file-test.html");
    try {
      String uri = OutputFile.write(page.toString(), "text", new Configuration());
      assertEquals("text", Files.readString(page));
      assertTrue(uri.endsWith(page.toAbsolutePath().toString()), uri);
    } finally {
      Files.deleteIfExists(page);
    }
  }
}
