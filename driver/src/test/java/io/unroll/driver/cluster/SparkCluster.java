package io.unroll.driver.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.CommandProcess;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A standalone cluster of separate processes, by deploy/cluster. */
public final class SparkCluster implements AutoCloseable {
  public static final Path ROOT = root();

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String MEMORY = "1g";

  private final Path folder;
  private final int cores;
  private final Map<String, String> environment;

  private SparkCluster(Path folder, int cores, Map<String, String> environment) {
    this.folder = folder;
    this.cores = cores;
    this.environment = environment;
  }

  /** The folder of the whole project: tests are run in that of their module. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("deploy/cluster"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /**
   * Starts a master and workers.
   *
   * @param folder for pid files, logs and Spark home
   * @param cores of each worker
   * @param more options of deploy/cluster
   */
  public static SparkCluster start(Path folder, int workers, int cores, String... more)
      throws IOException, InterruptedException {
    return new SparkCluster(folder, cores, Map.of()).started(workers, more);
  }

  /** The same, of the Spark whose jars are in a folder, with one core for each worker. */
  public static SparkCluster ofJars(Path jars, Path folder, int workers)
      throws IOException, InterruptedException {
    Map<String, String> environment = Map.of("UNROLL_SPARK_JARS", jars.toAbsolutePath().toString());
    return new SparkCluster(folder, 1, environment).started(workers);
  }

  private SparkCluster started(int workers, String... more)
      throws IOException, InterruptedException {
    control("start", workers, more);
    return this;
  }

  /** Starts more workers, in the place of killed ones or beside the others. */
  void add(int workers) throws IOException, InterruptedException {
    control("add", workers);
  }

  private void control(String command, int workers, String... more)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(ROOT.resolve("deploy/cluster").toString()));
    words.addAll(List.of(command, "--folder", folder.toString()));
    words.addAll(List.of("--workers", Integer.toString(workers)));
    words.addAll(List.of("--cores", Integer.toString(cores), "--memory", MEMORY));
    words.addAll(List.of(more));
    CommandProcess.start(folder.resolveSibling(folder.getFileName() + ".log"), environment, words)
        .await(0);
  }

  /** What SPARK_HOME is to be. */
  public Path home() {
    return folder.resolve("spark");
  }

  Path folder() {
    return folder;
  }

  /** The master, which must be running. */
  ProcessHandle master() {
    return running(folder.resolve("master.pid")).findFirst().orElseThrow();
  }

  /** The worker daemons that run. */
  List<ProcessHandle> workers() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("worker-\\d+\\.pid"))
          .sorted()
          .flatMap(SparkCluster::running)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<ProcessHandle> running(Path pidFile) {
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip())).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The executors that run: the children of the workers. */
  List<ProcessHandle> executors() {
    return workers().stream().flatMap(ProcessHandle::children).toList();
  }

  /** Waits until no executor is left of a driver that has ended. */
  void awaitNoExecutors() throws InterruptedException {
    Instant end = Instant.now().plus(LIMIT);
    while (!executors().isEmpty()) {
      assertTrue(Instant.now().isBefore(end), "executors outlive their driver: " + executors());
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Ends all of its processes. */
  @Override
  public void close() throws IOException {
    Path log = folder.resolveSibling(folder.getFileName() + ".log");
    List<String> words =
        List.of(ROOT.resolve("deploy/cluster").toString(), "stop", "--folder", folder.toString());
    try {
      CommandProcess.start(log, Map.of(), words).await(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the cluster stopped");
    }
  }
}
