package io.unroll.driver.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
  private static final Instant NOW = Instant.parse("2024-05-01T12:00:00Z");
  private static final LockHolder ELSEWHERE =
      new LockHolder("token-1", "elsewhere", 4711, Optional.of(NOW), NOW);

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
  void givesTheLockBack() {
    RunLock lock = RunLock.acquire(storage);
    lock.check();
    lock.renew();
    lock.close();
    assertEquals(0, storage.list("").size());
    RunLock.acquire(storage).close();
  }

  @Test
  void refusesASecondRunInTheSameProcess() {
    try (RunLock lock = RunLock.acquire(storage)) {
      assertRefused(
          String.format(
              Locale.ROOT, "it is in use by process %d on host ", ProcessHandle.current().pid()));
      lock.check();
    }
  }

  @Test
  void refusesARunWhileAnotherProcessHoldsTheLock() throws Exception {
    try (LockingProcess other = LockingProcess.start(directory)) {
      assertRefused(String.format(Locale.ROOT, "it is in use by process %d on host ", other.pid()));
    }
  }

  @Test
  void takesOverAtOnceFromAKilledProcess() throws Exception {
    LockingProcess.start(directory).close();
    assertTrue(storage.exists(RunLock.FILE), "the killed process leaves its lock");
    try (RunLock lock = RunLock.acquire(storage)) {
      lock.check();
    }
  }

  @Test
  void waitsForAnotherProcessAndNamesIt() throws Exception {
    List<String> told = new ArrayList<>();
    LockingProcess other = LockingProcess.start(directory);
    try (RunLock lock = await(Duration.ofMinutes(5), line -> endOf(other, told, line))) {
      lock.check();
    }
    assertEquals(1, told.size());
    String expected =
        String.format(Locale.ROOT, ": it is in use by process %d on host ", other.pid());
    assertTrue(told.get(0).startsWith("Waiting for file:"), told.get(0));
    assertTrue(told.get(0).contains(expected), told.get(0));
  }

  private static void endOf(LockingProcess other, List<String> told, String line) {
    told.add(line);
    other.close();
  }

  @Test
  void waitsNoLongerThanItMay() {
    try (RunLock lock = RunLock.acquire(storage)) {
      var problem =
          assertThrows(StorageException.class, () -> await(Duration.ZERO, line -> {}).close());
      String message = problem.getMessage();
      assertTrue(message.startsWith("Cannot use the registry file:"), message);
      assertTrue(message.contains("Wait for that command to end or stop it; if it"), message);
      lock.check();
    }
  }

  private RunLock await(Duration limit, Consumer<String> told) {
    return RunLock.await(storage, LockedPlace.REGISTRY, limit, told);
  }

  @Test
  void takesOverFromAnotherProcessThatHadTheSameNumber() {
    LockHolder self = LockHolder.current(NOW);
    LockHolder before =
        new LockHolder(
            "before",
            self.host(),
            self.pid(),
            self.processStart().map(start -> start.minus(Duration.ofHours(1))),
            NOW);
    storage.write(RunLock.FILE, before.toJson());
    RunLock.acquire(storage).close();
  }

  @Test
  void refusesWhileAnotherHostRenews() {
    storage.write(RunLock.FILE, ELSEWHERE.toJson());
    writeRenewal("token-1", NOW.plusSeconds(600));
    var problem = assertThrows(StorageException.class, () -> acquireAt(NOW.plusSeconds(600 + 119)));
    assertEquals(
        "Cannot use the run directory file:%1$s: it is in use by process 4711 on host elsewhere, since 2024-05-01T12:00:00Z, last seen 2024-05-01T12:10:00Z. Wait for that run to end or stop it, or give another directory; if it surely runs no more, delete file:%1$s/run.lock"
            .formatted(directory),
        problem.getMessage().replace("file:" + directory + "/:", "file:" + directory + ":"));
  }

  @Test
  void takesOverFromAHostThatRenewsNoMore() {
    storage.write(RunLock.FILE, ELSEWHERE.toJson());
    writeRenewal("token-1", NOW.plusSeconds(600));
    acquireAt(NOW.plusSeconds(600 + 121)).close();
  }

  @Test
  void takesNoNoticeOfTheRenewalOfAnEarlierLock() {
    storage.write(RunLock.FILE, ELSEWHERE.toJson());
    writeRenewal("token-0", NOW.plusSeconds(600));
    acquireAt(NOW.plusSeconds(121)).close();
  }

  @Test
  void takesOverAnUnreadableLockOnlyWhenItIsOld() throws Exception {
    storage.write(RunLock.FILE, "{\"version\":".getBytes(UTF_8));
    assertRefused("another run is starting in it, run.lock is not valid JSON");
    Files.setLastModifiedTime(
        directory.resolve(RunLock.FILE), FileTime.from(Instant.now().minusSeconds(180)));
    RunLock.acquire(storage).close();
  }

  @Test
  void stopsWhenTheLockWasTakenOver() {
    RunLock lock = RunLock.acquire(storage);
    storage.write(RunLock.FILE, ELSEWHERE.toJson());
    var problem = assertThrows(StorageException.class, lock::check);
    assertTrue(
        problem
            .getMessage()
            .contains(
                "its lock was taken over by process 4711 on host elsewhere, since 2024-05-01T12:00:00Z. This run stops"),
        problem.getMessage());
    lock.renew();
    assertFalse(storage.exists(RunLock.RENEWAL_FILE), "renews no lock of another run");
    lock.close();
    assertTrue(storage.exists(RunLock.FILE), "leaves the other run's lock");
  }

  @Test
  void stopsWhenTheLockVanished() {
    try (RunLock lock = RunLock.acquire(storage)) {
      storage.delete(RunLock.FILE);
      var problem = assertThrows(StorageException.class, lock::check);
      assertTrue(problem.getMessage().contains("its lock file was removed"), problem.getMessage());
    }
  }

  @Test
  void survivesAFullDiskWhileItRenews() {
    try (Storage faulty =
            Storage.open(FaultyFileSystem.uri(directory), FaultyFileSystem.configuration());
        RunLock lock = RunLock.acquire(faulty)) {
      FaultyFileSystem.leaveSpace(3);
      lock.renew();
      lock.check();
      FaultyFileSystem.heal();
      lock.renew();
      assertTrue(faulty.exists(RunLock.RENEWAL_FILE));
    }
  }

  private RunLock acquireAt(Instant now) {
    return RunLock.acquire(storage, Clock.fixed(now, ZoneOffset.UTC), LockHolder.current(now));
  }

  private void writeRenewal(String token, Instant renewed) {
    String json = "{\"token\":\"%s\",\"renewed\":\"%s\"}".formatted(token, renewed);
    storage.write(RunLock.RENEWAL_FILE, json.getBytes(UTF_8));
  }

  private void assertRefused(String why) {
    var problem = assertThrows(StorageException.class, () -> RunLock.acquire(storage));
    assertTrue(problem.getMessage().startsWith("Cannot use the run directory "));
    assertTrue(problem.getMessage().contains(why), problem.getMessage());
  }
}
