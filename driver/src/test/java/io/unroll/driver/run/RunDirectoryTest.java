package io.unroll.driver.run;

import static io.unroll.driver.run.Runs.ARCHITECTURE;
import static io.unroll.driver.run.Runs.IDENTITY;
import static io.unroll.driver.run.Runs.assertIsOfRound;
import static io.unroll.driver.run.Runs.checkpoint;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.config.ConfigurationException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir Path base;

  @AfterEach
  void heal() {
    FaultyFileSystem.heal();
  }

  @Test
  void createsANewRun() throws IOException {
    try (RunDirectory run = open()) {
      assertEquals(Optional.empty(), run.checkpoints().read(ARCHITECTURE, IDENTITY));
      run.begin("data: x\n");
      run.appendMetrics("{\"round\":1}");
      run.writeSample(1, "to be ü");
      run.writeReport("<html>");
      run.check();
    }
    assertEquals("data: x\n", content("config.yaml"));
    assertEquals("{\"round\":1}\n", content("metrics.jsonl"));
    assertEquals("to be ü", content("samples/round-000001.txt"));
    assertEquals("<html>", content("report.html"));
    assertFalse(Files.exists(base.resolve("run/run.lock")));
  }

  @Test
  void goesOnAfterTheCheckpoint() throws IOException {
    try (RunDirectory run = open()) {
      run.begin("first");
      for (int round = 1; round <= 3; round++) {
        run.appendMetrics(String.format(Locale.ROOT, "{\"round\":%d}", round));
        run.writeSample(round, "sample");
        if (round == 2) {
          run.checkpoints().write(checkpoint(2), ARCHITECTURE, IDENTITY);
        }
      }
    }
    try (RunDirectory run = open()) {
      assertEquals(Optional.of(IDENTITY), run.checkpoints().identity());
      assertIsOfRound(2, run.checkpoints().read(ARCHITECTURE, IDENTITY));
      run.begin("second");
    }
    assertEquals("second", content("config.yaml"));
    assertEquals("{\"round\":1}\n{\"round\":2}\n", content("metrics.jsonl"));
    assertTrue(Files.exists(base.resolve("run/samples/round-000002.txt")));
    assertFalse(Files.exists(base.resolve("run/samples/round-000003.txt")));
  }

  @Test
  void changesNothingWhenTheSettingsAreRefused() throws IOException {
    try (RunDirectory run = open()) {
      run.begin("first");
      run.checkpoints().write(checkpoint(1), ARCHITECTURE, IDENTITY);
      run.appendMetrics("{\"round\":2}");
    }
    RunIdentity other = new RunIdentity("another dataset", IDENTITY.settings());
    try (RunDirectory run = open()) {
      CheckpointStore checkpoints = run.checkpoints();
      assertThrows(ConfigurationException.class, () -> checkpoints.read(ARCHITECTURE, other));
    }
    assertEquals("first", content("config.yaml"));
    assertEquals("{\"round\":2}\n", content("metrics.jsonl"));
    open().close();
  }

  @Test
  void changesNothingThatItsLinksPointTo() throws IOException {
    try (RunDirectory run = open()) {
      run.checkpoints().write(checkpoint(1), ARCHITECTURE, IDENTITY);
    }
    Path theirs = Files.writeString(base.resolve("theirs"), "{\"round\":0}\n");
    Files.createDirectories(base.resolve("run/best"));
    Files.createDirectories(base.resolve("run/samples"));
    for (String name :
        List.of(
            "config.yaml",
            "metrics.jsonl",
            "report.html",
            "run.lock",
            "run.lock.renewed",
            "best/model.safetensors",
            "best/model.json",
            "best/vocabulary.json",
            "best/checksums.json",
            "samples/round-000001.txt")) {
      Files.createSymbolicLink(base.resolve("run").resolve(name), theirs);
    }
    try (RunDirectory run = open()) {
      run.begin("ours");
      run.appendMetrics("{\"round\":1}");
      run.writeSample(1, "ours");
      run.writeReport("ours");
      run.writeBest(out -> out.write(1), out -> out.write(2), out -> out.write(3));
    }
    assertEquals("{\"round\":0}\n", Files.readString(theirs));
    assertEquals("ours", content("config.yaml"));
    assertEquals("ours", content("report.html"));
    assertTrue(content("metrics.jsonl").endsWith("{\"round\":1}\n"));
  }

  @Test
  void refusesALinkInPlaceOfOneOfItsFolders() throws IOException {
    Files.createDirectories(base.resolve("run"));
    Path theirs = Files.createDirectory(base.resolve("theirs"));
    for (String name : List.of("best", "checkpoints", "events", "samples", "lane-states")) {
      Path link = Files.createSymbolicLink(base.resolve("run").resolve(name), theirs);
      var problem = assertThrows(StorageException.class, this::open);
      assertTrue(problem.getMessage().contains(name + " is a symbolic link"));
      Files.delete(link);
    }
    open().close();
  }

  @Test
  void refusesToReplaceWhatARunLeftWhoseCheckpointsWereRemoved() throws IOException {
    try (RunDirectory run = open()) {
      run.begin("first");
      run.checkpoints().write(checkpoint(1), ARCHITECTURE, IDENTITY);
      run.appendMetrics("{\"round\":1}");
      writeBest(run);
    }
    try (Storage storage = Storage.open(uri(), new Configuration(false))) {
      storage.delete("checkpoints");
      assertRefused("metrics.jsonl and best/");
      storage.delete("metrics.jsonl");
      assertRefused("best/");
      storage.delete("best");
    }
    open().close();
  }

  private void assertRefused(String left) {
    var problem = assertThrows(ConfigurationException.class, this::open);
    assertEquals(
        "Invalid run: file:%s/run (expected a new directory, or a run to go on with; this one has %s, but no checkpoint any more). Give another --run, restore checkpoints/, or remove the directory to begin anew"
            .formatted(base, left),
        problem.getMessage());
  }

  @Test
  void keepsWhatARunHadToldWhoseOnlyCheckpointIsUnfinished() throws IOException {
    for (int attempt = 1; attempt <= 2; attempt++) {
      try (RunDirectory run = open()) {
        run.begin("first");
        run.checkpoints().write(checkpoint(1), ARCHITECTURE, IDENTITY);
        run.appendMetrics("{\"round\":1}");
        writeBest(run);
      }
      Files.write(base.resolve("run/checkpoints/round-000001/checkpoint.json"), new byte[0]);
      try (RunDirectory run = open()) {
        run.begin("second");
      }
      assertFalse(Files.exists(base.resolve("run/metrics.jsonl")));
      assertFalse(Files.exists(base.resolve("run/best/model.json")));
      assertEquals("{\"round\":1}\n", content("metrics-" + attempt + ".jsonl"));
      assertEquals("{}", content("best-" + attempt + "/model.json"));
    }
  }

  @Test
  void beginsAnewWithOtherSettingsWhereNothingWasTrainedYet() throws IOException {
    try (RunDirectory run = open()) {
      run.begin("first");
      run.checkpoints().write(checkpoint(0), ARCHITECTURE, IDENTITY);
      run.appendMetrics("{\"round\":1}");
    }
    RunIdentity other = new RunIdentity("another dataset", IDENTITY.settings());
    try (RunDirectory run = open()) {
      assertEquals(Optional.empty(), run.checkpoints().read(ARCHITECTURE, other));
      run.begin("second");
      run.checkpoints().write(checkpoint(0), ARCHITECTURE, other);
    }
    assertEquals("{\"round\":1}\n", content("metrics-1.jsonl"));
    assertFalse(Files.exists(base.resolve("run/metrics.jsonl")));
    try (RunDirectory run = open()) {
      assertIsOfRound(0, run.checkpoints().read(ARCHITECTURE, other));
    }
  }

  @Test
  void refusesASecondRun() {
    try (RunDirectory run = open()) {
      var problem = assertThrows(StorageException.class, this::open);
      assertTrue(
          problem.getMessage().startsWith("Cannot use the run directory " + run.uri() + ": it is"),
          problem.getMessage());
      run.check();
    }
  }

  @Test
  void givesTheLockBackWhenAllCheckpointsAreDamaged() throws IOException {
    try (RunDirectory run = open()) {
      run.checkpoints().write(checkpoint(1), ARCHITECTURE, IDENTITY);
    }
    Files.delete(base.resolve("run/checkpoints/round-000001/model.safetensors"));
    for (int attempt = 0; attempt < 2; attempt++) {
      var problem = assertThrows(StorageException.class, this::open);
      assertTrue(
          problem.getMessage().contains("model.safetensors is missing"), problem.getMessage());
    }
  }

  @Test
  void writesTheBestModel() {
    try (RunDirectory run = open()) {
      writeBest(run);
    }
    try (Storage storage = Storage.open(uri(), new Configuration(false))) {
      ModelDirectory.verify(storage, RunDirectory.BEST);
    }
  }

  @Test
  void showsEventsAtEachFlush() throws IOException {
    try (RunDirectory run = open();
        OutputStream events = run.eventFile("events.1")) {
      events.write("one".getBytes(UTF_8));
      assertFalse(Files.exists(base.resolve("run/events/events.1")));
      events.flush();
      assertEquals("one", content("events/events.1"));
      events.write("two".getBytes(UTF_8));
    }
    assertEquals("onetwo", content("events/events.1"));
  }

  @Test
  void refusesMetricsBeforeTheRunBegan() {
    try (RunDirectory run = open()) {
      assertThrows(IllegalStateException.class, () -> run.appendMetrics("{}"));
    }
  }

  @Test
  void saysThatAFileIsInItsPlace() throws IOException {
    Files.writeString(base.resolve("run"), "not a directory");
    var problem = assertThrows(StorageException.class, this::open);
    assertEquals(
        "Cannot create directory file:%s/run: a file is in the place of a directory"
            .formatted(base),
        problem.getMessage());
  }

  @Test
  void saysThatNoSpaceIsLeft() {
    FaultyFileSystem.leaveSpace(10);
    var problem =
        assertThrows(
            StorageException.class,
            () ->
                RunDirectory.open(
                    FaultyFileSystem.uri(base.resolve("run")),
                    FaultyFileSystem.configuration(),
                    2));
    assertEquals(
        "Cannot create %s/run.lock: no space left on device; free some, then run the same command again"
            .formatted(FaultyFileSystem.uri(base.resolve("run"))),
        problem.getMessage());
    FaultyFileSystem.heal();
    open().close();
  }

  private static void writeBest(RunDirectory run) {
    run.writeBest(
        out -> out.write(1),
        out -> out.write("{}".getBytes(UTF_8)),
        out -> out.write("{}".getBytes(UTF_8)));
  }

  private RunDirectory open() {
    return RunDirectory.open(uri(), new Configuration(false), 2);
  }

  private String uri() {
    return base.resolve("run").toUri().toString();
  }

  private String content(String path) throws IOException {
    return Files.readString(base.resolve("run").resolve(path));
  }
}
