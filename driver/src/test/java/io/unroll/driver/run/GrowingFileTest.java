package io.unroll.driver.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingFileTest {
  @TempDir Path directory;
  private Storage storage;
  private Instant now = Instant.parse("2024-05-01T12:00:00Z");

  @BeforeEach
  void open() {
    storage = Storage.open(FaultyFileSystem.uri(directory), FaultyFileSystem.configuration());
  }

  @AfterEach
  void close() {
    FaultyFileSystem.heal();
    storage.close();
  }

  @Test
  void appendsAtOnceWhereTheFileSystemCan() {
    GrowingFile file = file();
    file.append("one\n".getBytes(UTF_8));
    assertEquals("one\n", content());
    file.append("two\n".getBytes(UTF_8));
    assertEquals("one\ntwo\n", content());
  }

  @Test
  void keepsPiecesBackForTenSecondsWhereTheFileSystemCannotAppend() {
    FaultyFileSystem.refuseAppends();
    GrowingFile file = file();
    file.append("one\n".getBytes(UTF_8));
    now = now.plusMillis(9_999);
    file.append("two\n".getBytes(UTF_8));
    assertFalse(storage.exists("log"));
    now = now.plusMillis(1);
    file.append("three\n".getBytes(UTF_8));
    assertEquals("one\ntwo\nthree\n", content());
    file.append("four\n".getBytes(UTF_8));
    assertEquals("one\ntwo\nthree\n", content());
  }

  @Test
  void aFlushWritesOnceWhatWasKeptBack() {
    FaultyFileSystem.refuseAppends();
    GrowingFile file = file();
    file.append("one\n".getBytes(UTF_8));
    file.flush();
    file.flush();
    assertEquals("one\n", content());
  }

  @Test
  void aFailedFlushIsNotTriedAgain() {
    FaultyFileSystem.refuseAppends();
    GrowingFile file = file();
    file.append("one\n".getBytes(UTF_8));
    FaultyFileSystem.leaveSpace(0);
    assertThrows(StorageException.class, file::flush);
    file.flush();
  }

  private GrowingFile file() {
    return new GrowingFile(storage, "log", () -> now);
  }

  private String content() {
    return new String(storage.read("log", 100), UTF_8);
  }
}
