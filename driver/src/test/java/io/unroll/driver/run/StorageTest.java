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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
  void replacesAFileOfWhichNobodySeesAHalf() throws Exception {
    byte[] one = "1".repeat(5000).getBytes(UTF_8);
    byte[] two = "2".repeat(9000).getBytes(UTF_8);
    storage.replace("d/alias", one);
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < 200; i++) {
                storage.replace("d/alias", i % 2 == 0 ? two : one);
              }
            });
    writer.start();
    while (writer.isAlive()) {
      byte[] seen = storage.readReplaced("d/alias", 10_000);
      assertTrue(Arrays.equals(seen, one) || Arrays.equals(seen, two), "a half was seen");
    }
    assertEquals(1, storage.list("d").size());
  }

  @Test
  void refusesAReplacedFileThatIsTooLong() {
    storage.replace("long", new byte[11]);
    assertEquals(11, storage.readReplaced("long", 11).length);
    assertProblem(
        "Cannot read %s/long: it has more than the 10 bytes allowed",
        () -> storage.readReplaced("long", 10), "file:");
  }

  @Test
  void aFullDiskLeavesTheFileThatWasToBeReplaced() {
    for (boolean objectStore : List.of(false, true)) {
      FaultyFileSystem.heal();
      if (objectStore) {
        FaultyFileSystem.behaveAsObjectStore();
      }
      try (Storage faulty = faulty()) {
        faulty.replace("d/alias", "old".getBytes(UTF_8));
        FaultyFileSystem.leaveSpace(5);
        assertProblem(
            "Cannot write %s/d/alias: no space left on device; free some, then run the same command again",
            () -> faulty.replace("d/alias", new byte[10]), "faulty:");
        assertEquals("old", text("d/alias"));
        assertEquals(1, storage.list("d").size());
      }
    }
  }

  @Test
  void namesWhatAKilledReplacementLeaves() throws IOException {
    storage.write("alias", "old".getBytes(UTF_8));
    FaultyFileSystem.killAt(2); // creating and writing come first
    try (Storage faulty = faulty()) {
      assertThrows(
          FaultyFileSystem.Killed.class, () -> faulty.replace("alias", "new".getBytes(UTF_8)));
    }
    assertEquals("old", text("alias"));
    List<String> names = storage.list("").stream().map(Storage.Entry::name).toList();
    assertEquals(List.of(true, false), names.stream().map(Storage::isLeftOver).toList());
  }

  @Test
  void replacesALinkAndLeavesAloneWhatItPointsTo() throws IOException {
    Path theirs = Files.writeString(directory.resolve("theirs"), "theirs");
    Files.createSymbolicLink(directory.resolve("alias"), theirs);
    storage.replace("alias", "ours".getBytes(UTF_8));
    assertEquals("ours", text("alias"));
    assertEquals("theirs", Files.readString(theirs));
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
  void takesANameWithAColonForAName() {
    try (Storage named = Storage.open(directory + "/12:30", new Configuration(false))) {
      named.write("a:b", "x".getBytes(UTF_8));
      assertTrue(named.createNew("c:d", new byte[0]));
    }
    assertEquals("x", text("12:30/a:b"));
    assertEquals(2, storage.list("12:30").size());
  }

  @Test
  void replacesLinksAndLeavesAloneWhatTheyPointTo() throws IOException {
    Path theirs = Files.writeString(directory.resolve("theirs"), "theirs");
    for (String name : List.of("written", "appended", "created")) {
      Files.createSymbolicLink(directory.resolve(name), theirs);
    }
    Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("nothing"));
    storage.write("written", "ours".getBytes(UTF_8));
    storage.append("appended", ", ours".getBytes(UTF_8));
    assertTrue(storage.createNew("created", "ours".getBytes(UTF_8)));
    storage.append("dangling", "ours".getBytes(UTF_8));
    assertEquals("ours", text("written"));
    assertEquals("theirs, ours", text("appended"));
    assertEquals("ours", text("created"));
    assertEquals("ours", text("dangling"));
    assertEquals("theirs", Files.readString(theirs));
    assertFalse(Files.exists(directory.resolve("nothing")));
    assertFalse(Files.isSymbolicLink(directory.resolve("appended")));
  }

  @Test
  void writesToNoFolderThatIsALinkToAnother() throws IOException {
    Path theirs = Files.createDirectories(directory.resolve("theirs"));
    Files.writeString(theirs.resolve("a"), "theirs");
    Path link = Files.createSymbolicLink(directory.resolve("link"), theirs);
    for (Runnable change :
        List.<Runnable>of(
            () -> storage.write("link/a", new byte[0]),
            () -> storage.append("link/a", new byte[1]),
            () -> storage.createNew("link/b", new byte[0]),
            () -> storage.createDirectory("link/c"),
            () -> storage.delete("link/a"),
            () -> storage.requireOwnFolder("link"))) {
      var problem = assertThrows(StorageException.class, change::run);
      assertTrue(
          problem
              .getMessage()
              .endsWith(
                  "%s is a symbolic link, and what it points to is not to be changed (remove it; %s itself may be one)"
                      .formatted(link, directory)),
          problem.getMessage());
    }
    assertEquals("theirs", text("link/a"));
    storage.delete("link");
    assertTrue(Files.exists(theirs.resolve("a")));
    assertFalse(Files.exists(link));
  }

  @Test
  void mayItselfBeALink() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));
    Files.createDirectory(directory.resolve("real"));
    try (Storage linked = Storage.open(link.toString(), new Configuration(false))) {
      linked.write("a/b", "x".getBytes(UTF_8));
      assertEquals("real", linked.resolved().getName());
    }
    assertEquals("x", text("real/a/b"));
    assertTrue(Files.isSymbolicLink(link));
  }

  @Test
  @Timeout(20)
  void neitherReadsNorWritesNamedPipes() throws IOException, InterruptedException {
    Path pipe = directory.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    var reading = assertThrows(StorageException.class, () -> storage.read("pipe", 1));
    assertTrue(reading.getMessage().endsWith("it is a named pipe or a device (expected a file)"));
    var writing = assertThrows(StorageException.class, () -> storage.write("pipe", new byte[1]));
    assertTrue(
        writing.getMessage().endsWith("a named pipe or a device is in its place (remove it)"));
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
