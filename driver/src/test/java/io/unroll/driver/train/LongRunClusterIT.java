package io.unroll.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.Test;

/** A thousand rounds leave memory, files and threads as they were. */
class LongRunClusterIT extends RunsOnSpark {
  private static final int FROM = 200;
  private static final int TO = 1_200;

  private static final int LANES = 3;

  private static final int LOOKS = 20;
  private static final int PAUSE_MILLIS = 250;

  /** Logs grow: they are what a run leaves. */
  private static final List<String> LOGS = List.of("metrics.jsonl", "events", "report.html");

  /** What a process holds after some rounds. */
  private record Holdings(
      long heap, long offHeap, long blocks, long sparkFiles, int threads, long runFiles) {}

  @Test
  void aThousandRoundsLeaveEverythingAsItWas() {
    List<Holdings> seen = new ArrayList<>();
    int[] rounds = new int[1];
    train(
        "local[2]",
        configuration(
            "long",
            Map.of(
                "averaging.lanes", Integer.toString(LANES),
                "averaging.interval", "1",
                "averaging.optimizer-state", "keep",
                "averaging.outer", "nesterov",
                "training.epochs", "1000",
                "checkpoint.every", "1s",
                "sample.length", "0",
                "validation.every", "100")),
        () -> {
          rounds[0]++;
          if (rounds[0] == FROM || rounds[0] == TO) {
            seen.add(holdings());
          }
          return rounds[0] == TO;
        });
    assertEquals(2, seen.size());
    assertUnchanged(seen.get(0), seen.get(1));
  }

  private static void assertUnchanged(Holdings before, Holdings after) {
    String both =
        String.format(
            Locale.ROOT, "%nafter %d rounds: %s%nafter %d rounds: %s", FROM, before, TO, after);
    System.out.println(both);
    // Spark remembers its last jobs, and the JVM compiles on: some megabytes, not some per round.
    assertTrue(after.heap() - before.heap() < 8 << 20, both);
    assertTrue(after.offHeap() - before.offHeap() < 1 << 20, both);
    assertTrue(after.blocks() - before.blocks() < 64 << 10, both);
    assertTrue(after.sparkFiles() - before.sparkFiles() <= 8, both);
    assertTrue(after.threads() - before.threads() <= 4, both);
    // Of the rounds of the two checkpoints and of the newest; one may be the same as another.
    assertTrue(after.runFiles() - before.runFiles() <= 2 * LANES, both);
  }

  /**
   * Spark takes a broadcast away some time after the garbage collector has found that nobody knows
   * it: the least that is held over some seconds is what stays.
   */
  private static long settledBlocks() {
    long least = Long.MAX_VALUE;
    for (int look = 0; look < LOOKS; look++) {
      System.gc();
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      least = Math.min(least, SparkEnv.get().memoryManager().storageMemoryUsed());
    }
    return least;
  }

  private static Holdings holdings() {
    long blocks = settledBlocks();
    return new Holdings(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum(),
        blocks,
        files(Path.of(SparkEnv.get().blockManager().diskBlockManager().localDirs()[0].getPath())),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        files(folder.resolve("long")));
  }

  /** Spark deletes its files by and by, also while they are counted. */
  private static long files(Path directory) {
    long[] count = new long[1];
    SimpleFileVisitor<Path> counter =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean log = LOGS.contains(directory.relativize(file).getName(0).toString());
            count[0] += log ? 0 : 1;
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path gone, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        };
    try {
      Files.walkFileTree(directory, counter);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count[0];
  }
}
