package io.unroll.driver.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.run.RunDirectory;
import io.unroll.driver.run.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a run does on any store, through the command line: dataset and run directory are there, and
 * the parameters are those of a run on the local disk, byte for byte, whatever happens.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RunOnStoreContract {
  private static final int DONE = 0;
  private static final int FAILURE = 1;
  private static final int BAD_DATA = 3;
  private static final int INTERRUPTED = 75;
  static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Pattern ROUND = Pattern.compile("round +(\\d+)/");

  private Path folder;
  private StoreServer server;
  private byte[] expected;
  private int rounds;

  /** A server that is not started yet. */
  abstract StoreServer server(Path folder) throws IOException;

  /** Settings of a client that cannot rename. */
  abstract Map<String, String> withoutRename();

  @BeforeAll
  void trainOnTheLocalDisk(@TempDir Path directory) throws Exception {
    folder = directory;
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < 300; line++) {
      text.append(line).append(" green bottles hanging on the wall\n");
    }
    Files.writeString(folder.resolve("corpus.txt"), text);
    String local = folder.toUri().toString();
    start(Map.of(), prep(local + "dataset")).await(DONE);
    start(Map.of(), train(local + "dataset", local + "run")).await(DONE);
    server = server(Files.createDirectory(folder.resolve("server")));
    try (StoredRun run = new StoredRun(local + "run", new Configuration())) {
      expected = run.parameters();
      rounds = run.rounds().size();
    }
    server.launch();
    start(server.settings(), prep(server.uri("dataset"))).await(DONE);
  }

  @AfterAll
  void closeServer() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void everythingIsThereAndNothingWasRenamed() throws Exception {
    Map<String, String> settings = new HashMap<>(server.settings());
    settings.putAll(withoutRename());
    start(settings, train("whole")).await(DONE);
    try (StoredRun run = run("whole")) {
      assertWhole(run);
      assertTrue(
          run.list("")
              .containsAll(
                  List.of("best", "config.yaml", "events", "metrics.jsonl", "report.html")),
          "files of the run");
      assertFalse(run.exists("run.lock"), "the lock was given back");
      assertEquals(2, run.list("checkpoints").size());
      assertEquals(3, run.list("samples").size(), "one at the start, one for each epoch");
      assertTrue(new String(run.bytes("report.html"), UTF_8).strip().endsWith("</html>"));
      List<String> events = run.list("events");
      assertEquals(1, events.size());
      assertTrue(run.bytes("events/" + events.get(0)).length > 100L * rounds);
    }
    String sampled =
        start(server.settings(), List.of("sample", "--model=" + server.uri("whole"), "--length=20"))
            .await(DONE);
    assertTrue(sampled.length() > 20, sampled);
    assertTrue(start(settings, train("whole")).await(DONE).contains("Nothing left to do"));
  }

  /** Spark's committer renames, so this also shows that the client above does refuse. */
  @Test
  void aDatasetOfWhichAPartCouldNotBeRenamedIsRefused() throws Exception {
    Map<String, String> settings = new HashMap<>(server.settings());
    settings.putAll(withoutRename());
    String dataset = server.uri("half");
    String failed = start(settings, prep(dataset)).await(FAILURE);
    assertTrue(failed.contains("Renaming is refused"), failed);
    String refused =
        start(server.settings(), train(dataset, server.uri("of-half"))).await(BAD_DATA);
    assertTrue(refused.contains("it is unfinished or no dataset"), refused);
  }

  @Test
  void theLockIsRenewedAndItsLossNoticed() throws Exception {
    try (StoredRun run = run("lock");
        RunDirectory directory = RunDirectory.open(server.uri("lock"), server.hadoop())) {
      Processes.await("a renewal", LIMIT, () -> run.exists("run.lock.renewed"));
      directory.check();
      run.write("run.lock", "another run's".getBytes(UTF_8));
      StorageException stopped = assertThrows(StorageException.class, directory::check);
      assertTrue(stopped.getMessage().contains("its lock was taken over"), stopped.getMessage());
    }
  }

  @Test
  void usedByOneKilledTwiceAndAskedToEndItGoesOnToTheSameBytes() throws Exception {
    try (Program first = start(server.settings(), train("killed"))) {
      awaitRound(2, first);
      first.signal("STOP"); // or it might be done before the other one has started
      String refused = start(server.settings(), train("killed")).await(FAILURE);
      assertTrue(refused.contains("it is in use by process " + first.pid()), refused);
    }
    try (Program second = start(server.settings(), train("killed"))) {
      awaitRound(rounds / 2, second);
      assertTrue(second.output().contains("Taking over the lock"), second::output);
    }
    try (Program third = start(server.settings(), train("killed"))) {
      await(third, output -> output.contains("Going on from round"));
      third.signal("TERM");
      third.await(INTERRUPTED);
    }
    try (StoredRun run = run("killed")) {
      assertTrue(run.rounds().size() < rounds);
      assertFalse(run.exists("run.lock"), "the lock was given back");
      start(server.settings(), train("killed")).await(DONE);
      assertWhole(run);
    }
  }

  @Test
  void lanesKeepTheirOptimizerStatesThere() throws Exception {
    List<String> keep = List.of("--averaging.optimizer-state=keep", "--training.max-rounds=4");
    String local = folder.toUri().toString();
    List<String> here = train(local + "dataset", local + "kept");
    here.addAll(keep);
    start(Map.of(), here).await(DONE);
    List<String> there = train("kept");
    there.addAll(keep);
    start(server.settings(), there).await(DONE);
    try (StoredRun one = new StoredRun(local + "kept", new Configuration());
        StoredRun other = run("kept")) {
      assertArrayEquals(one.parameters(), other.parameters());
      assertEquals(one.list("lane-states"), other.list("lane-states"));
      assertFalse(other.list("lane-states").isEmpty());
    }
  }

  @Test
  void whenTheServerFailsTheRunEndsWithAMessageAndGoesOnLater() throws Exception {
    int round = 0;
    for (Outage outage : Outage.values()) {
      round += 3;
      try (Program program = start(server.settings(), train("outage"))) {
        awaitRound(round, program);
        String output = endedBy(outage, program);
        assertTrue(output.contains("Cannot "), output);
        assertFalse(output.contains("fault of Unroll"), output);
      }
    }
    start(server.settings(), train("outage")).await(DONE);
    try (StoredRun run = run("outage")) {
      assertWhole(run);
    }
  }

  private String endedBy(Outage outage, Program program) throws Exception {
    outage.begin(server);
    Instant begin = Instant.now();
    try {
      return program.await(FAILURE);
    } finally {
      System.out.printf("%s: waited %s%n", outage, Duration.between(begin, Instant.now()));
      outage.end(server);
    }
  }

  /** What happens to the server. */
  enum Outage {
    STOPPED {
      @Override
      void begin(StoreServer server) throws IOException {
        server.stop();
      }

      @Override
      void end(StoreServer server) throws IOException {
        server.start();
      }
    },
    FROZEN {
      @Override
      void begin(StoreServer server) {
        server.freeze();
      }

      @Override
      void end(StoreServer server) {
        server.thaw();
      }
    };

    abstract void begin(StoreServer server) throws IOException;

    abstract void end(StoreServer server) throws IOException;
  }

  @Test
  void theNewestCheckpointThatIsWholeWinsAndWithoutAnyTheRunIsRefused() throws Exception {
    start(server.settings(), train("damaged")).await(DONE);
    try (StoredRun run = run("damaged")) {
      String tensors = run.newestCheckpoint() + "/model.safetensors";
      byte[] bytes = run.bytes(tensors);
      bytes[bytes.length / 2] ^= 1;
      run.write(tensors, bytes);
      String output = start(server.settings(), train("damaged")).await(DONE);
      assertTrue(output.contains("Skipping checkpoint"), output);
      assertWhole(run);
      List<String> checkpoints = run.list("checkpoints");
      run.write("checkpoints/" + checkpoints.get(0) + "/model.safetensors", new byte[100]);
      run.delete("checkpoints/" + checkpoints.get(1) + "/model.safetensors");
      String refused = start(server.settings(), train("damaged")).await(FAILURE);
      assertTrue(refused.contains("no checkpoint is whole"), refused);
      for (String checkpoint : checkpoints) {
        assertTrue(refused.contains(checkpoint + "/model.safetensors"), refused);
      }
    }
  }

  protected final void assertWhole(StoredRun run) throws IOException {
    assertArrayEquals(expected, run.parameters());
    assertEquals(IntStream.rangeClosed(1, rounds).boxed().toList(), run.rounds());
  }

  protected final StoredRun run(String name) throws IOException {
    return new StoredRun(server.uri(name), server.hadoop());
  }

  protected final StoreServer server() {
    return server;
  }

  protected final Program start(Map<String, String> settings, List<String> arguments)
      throws IOException {
    return Program.start(folder, settings, arguments);
  }

  /** Waits for the line of a round, or of a later one. */
  private static void awaitRound(int number, Program program) {
    await(
        program,
        output ->
            ROUND
                .matcher(output)
                .results()
                .anyMatch(line -> Integer.parseInt(line.group(1)) >= number));
  }

  /** Waits for what the program prints; it must not end before. */
  private static void await(Program program, Predicate<String> printed) {
    Processes.await(
        "what the program prints",
        LIMIT,
        () -> {
          if (!program.running()) {
            throw new AssertionError(program.output());
          }
          return printed.test(program.output());
        });
  }

  private List<String> prep(String output) {
    return List.of(
        "prep",
        "--kind=text",
        "--tokenizer=char",
        "--input=" + folder.resolve("corpus.txt"),
        "--output=" + output);
  }

  protected final List<String> train(String name) {
    return train(server.uri("dataset"), server.uri(name));
  }

  private static List<String> train(String data, String run) {
    return new ArrayList<>(
        List.of(
            "train",
            "--master=local[2]",
            "--data=" + data,
            "--run=" + run,
            "--model.hidden=24",
            "--model.embedding=16",
            "--training.batch=4",
            "--training.window=32",
            "--training.epochs=2",
            "--averaging.lanes=3",
            "--averaging.interval=4",
            "--checkpoint.every=0s",
            "--sample.length=10"));
  }
}
