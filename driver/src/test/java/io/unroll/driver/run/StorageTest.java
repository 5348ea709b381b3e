package io.unroll.driver.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
  @TempDir Path directory;
  private Storage storage;

  @BeforeEach
  void open() {
    storage = Storage.open(directory.toUri().toString(), new Configuration(false));
  }

  @AfterEach
  void close() {
    FaultyFileSystem.heal();
    storage.close();
  }

  @Test
  void readsWhatWasWrittenInPlaceOfTheOldContent() {
    storage.write("a/b.txt", "a long old text".getBytes(UTF_8));
    storage.write("a/b.txt", "new".getBytes(UTF_8));
    assertEquals("new", text("a/b.txt"));
  }

  @Test
  void leavesNoChecksumFiles() throws IOException {
    storage.write("a.txt", new byte[3]);
    storage.append("a.txt", new byte[2]);
    try (var files = Files.list(directory)) {
      assertEquals(List.of(directory.resolve("a.txt")), files.toList());
    }
  }

  @Test
  void appendsAndCreatesTheFileFirst() {
    storage.append("log", "one\n".getBytes(UTF_8));
    storage.append("log", "two\n".getBytes(UTF_8));
    assertEquals("one\ntwo\n", text("log"));
  }

  @Test
  void appendsByRewritingWhereTheFileSystemCannot() {
    FaultyFileSystem.refuseAppends();
    try (Storage faulty = faulty()) {
      faulty.append("log", "one\n".getBytes(UTF_8));
      faulty.append("log", "two\n".getBytes(UTF_8));
      assertEquals("one\ntwo\n", new String(faulty.read("log", 100), UTF_8));
    }
  }

  @Test
  void listsNamesInOrderWithLengths() {
    storage.write("d/b", new byte[2]);
    storage.write("d/a", new byte[1]);
    storage.createDirectory("d/c");
    List<Storage.Entry> entries = storage.list("d");
    assertEquals(List.of("a", "b", "c"), entries.stream().map(Storage.Entry::name).toList());
    assertEquals(List.of(1L, 2L, 0L), entries.stream().map(Storage.Entry::length).toList());
    assertTrue(entries.get(2).directory());
    assertEquals(List.of(), storage.list("absent"));
  }

  @Test
  void createsAFileOnlyOnce() {
    for (Storage each : List.of(storage, faulty())) {
      each.delete("lock");
      assertTrue(each.createNew("lock", "first".getBytes(UTF_8)));
      assertFalse(each.createNew("lock", "second".getBytes(UTF_8)));
      assertEquals("first", text("lock"));
    }
  }

  @Test
  void deletesDirectoriesAndIgnoresWhatIsAbsent() {
    storage.write("d/e/f", new byte[1]);
    storage.delete("d");
    storage.delete("d");
    assertFalse(storage.exists("d"));
  }

  @Test
  void namesAMissingFile() {
    assertProblem("Cannot read %s/absent: no such file", () -> storage.read("absent", 10), "file:");
  }

  @Test
  void refusesAFileThatIsTooLong() {
    storage.write("long", new byte[11]);
    assertProblem(
        "Cannot read %s/long: it has 11 bytes, more than the 10 allowed",
        () -> storage.read("long", 10), "file:");
  }

  @Test
  void saysThatAFileIsInThePlaceOfADirectory() {
    storage.write("file", new byte[1]);
    assertProblem(
        "Cannot create directory %s/file/below: a file is in the place of a directory",
        () -> storage.createDirectory("file/below"), "file:");
    assertProblem(
        "Cannot write %s/file/below/x: a file is in the place of a directory",
        () -> storage.write("file/below/x", new byte[1]), "file:");
  }

  @Test
  void saysThatADirectoryIsInThePlaceOfAFile() {
    storage.createDirectory("d");
    var problem = assertThrows(StorageException.class, () -> storage.write("d", new byte[1]));
    assertTrue(problem.getMessage().startsWith("Cannot write"), problem.getMessage());
    assertTrue(storage.exists("d"), "the directory must stay");
  }

  @Test
  void saysThatNoSpaceIsLeftAndRemovesTheHalfWrittenFile() {
    try (Storage faulty = faulty()) {
      FaultyFileSystem.leaveSpace(5);
      assertProblem(
          "Cannot write %s/big: no space left on device; free some, then run the same command again",
          () -> faulty.write("big", new byte[10]), "faulty:");
      assertFalse(faulty.exists("big"));
    }
  }

  @Test
  void saysThatNoSpaceIsLeftOnARealDisk() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Assumptions.assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()),
        "mounting a small tmpfs is not permitted");
    try (Storage small = Storage.open(disk.toUri().toString(), new Configuration(false))) {
      assertProblem(
          "Cannot write %s/disk/big: no space left on device; free some, then run the same command again",
          () -> small.write("big", new byte[1 << 20]), "file:");
      assertFalse(small.exists("big"));
      small.write("small", new byte[1000]);
    } finally {
      assertTrue(succeeds("umount", disk.toString()));
    }
  }

  @Test
  void namesAnUnknownScheme() {
    var problem =
        assertThrows(
            StorageException.class,
            () -> Storage.open("nofs://host/run", new Configuration(false)));
    assertEquals(
        "Cannot open nofs://host/run: No FileSystem for scheme \"nofs\"", problem.getMessage());
  }

  @Test
  void refusesAMalformedUri() {
    var problem =
        assertThrows(StorageException.class, () -> Storage.open("a: b", new Configuration(false)));
    assertTrue(problem.getMessage().startsWith("Cannot open a: b: "), problem.getMessage());
  }

  @Test
  void handlesNamesWithBlanksAndSigns() {
    storage.write("a b%20#?ü/c", "x".getBytes(UTF_8));
    assertTrue(storage.createNew("a b%20#?ü/d", new byte[0]));
    assertEquals(2, storage.list("a b%20#?ü").size());
    assertTrue(Files.exists(directory.resolve("a b%20#?ü").resolve("d")));
  }

  @Test
  void readsStreamsWithTheirLength() {
    storage.write("bytes", new byte[] {1, 2, 3});
    byte[] read = storage.read("bytes", (in, length) -> in.readNBytes((int) length - 1));
    assertArrayEquals(new byte[] {1, 2}, read);
  }

  private Storage faulty() {
    return Storage.open(FaultyFileSystem.uri(directory), FaultyFileSystem.configuration());
  }

  private String text(String path) {
    return new String(storage.read(path, 1000), UTF_8);
  }

  private void assertProblem(
      String message, org.junit.jupiter.api.function.Executable action, String scheme) {
    var problem = assertThrows(StorageException.class, action);
    assertEquals(message.formatted(scheme + directory), problem.getMessage());
  }

  private static boolean succeeds(String... command) throws Exception {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException absent) {
      return false;
    }
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
