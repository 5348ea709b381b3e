package io.unroll.driver.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * The directory of one training run, held by this process until it is closed. In this order:
 *
 * <ol>
 *   <li>{@link #open} creates it, takes the lock and finds the newest whole checkpoint;
 *   <li>{@link CheckpointStore#read} loads that one, or refuses changed settings;
 *   <li>{@link #begin} writes the configuration and removes what was told of later rounds;
 *   <li>the run goes on, with {@link #check} after each round.
 * </ol>
 *
 * <p>{@code docs/formats/run-directory.md} describes the files. Every method throws {@link
 * StorageException} where the file system refuses.
 */
public final class RunDirectory implements AutoCloseable {
  /** The effective configuration. */
  public static final String CONFIGURATION = "config.yaml";

  /** What a run goes on from. */
  public static final String CHECKPOINTS = CheckpointStore.DIRECTORY;

  /** In each of these, the file that is written last. */
  public static final String CHECKPOINT = StoredCheckpoint.FILE;

  /** One JSON object a line: what happened, in order. */
  public static final String METRICS = MetricsLog.FILE;

  /** A model directory. */
  public static final String BEST = "best";

  /** Texts that the model wrote, by round. */
  public static final String SAMPLES = "samples";

  /** TensorBoard's files. */
  public static final String EVENTS = "events";

  /** The run as one page. */
  public static final String REPORT = "report.html";

  /** Lines of {@value MetricsLog#FILE} that were no events, as they stood there. */
  public static final String ODD_METRICS = MetricsLog.ODD_FILE;

  /** What the newest start came to. */
  public static final String OUTCOME = "outcome.json";

  private static final List<String> FOLDERS =
      List.of(BEST, SAMPLES, EVENTS, CheckpointStore.DIRECTORY, LaneFiles.DIRECTORY);

  private static final int CLOSING_SECONDS = 20;

  private static final Pattern SAMPLE = Pattern.compile("round-(\\d{6,9})\\.txt");

  private final Storage storage;
  private final RunLock lock;
  private final CheckpointStore checkpoints;
  private final List<GrowingFile> events = new ArrayList<>();
  private MetricsLog metrics;

  private RunDirectory(Storage storage, RunLock lock, CheckpointStore checkpoints) {
    this.storage = storage;
    this.lock = lock;
    this.checkpoints = checkpoints;
  }

  /**
   * Opens the directory of a run, new or to be resumed.
   *
   * @param keep checkpoints to keep, at least 1
   * @throws StorageException also if another run uses it, or if it has checkpoints and all are
   *     damaged
   * @throws io.unroll.driver.config.ConfigurationException if it has metrics or a model, but no
   *     checkpoints any more
   */
  public static RunDirectory open(String uri, Configuration hadoop, int keep) {
    Storage storage = Storage.open(uri, hadoop);
    RunLock lock = null;
    try {
      storage.createDirectory("");
      FOLDERS.forEach(storage::requireOwnFolder);
      lock = RunLock.acquire(storage);
      CheckpointStore checkpoints = CheckpointStore.open(storage, keep);
      FormerRun.refuseWithoutCheckpoints(storage, checkpoints);
      storage.delete(OUTCOME);
      return new RunDirectory(storage, lock, checkpoints);
    } catch (RuntimeException failure) {
      storage.limitRest(Duration.ofSeconds(CLOSING_SECONDS));
      closeQuietly(lock, failure);
      closeQuietly(storage, failure);
      throw failure;
    }
  }

  /** The directory's full URI. */
  public String uri() {
    return storage.uri("");
  }

  /** The checkpoints, with how far the run had come. */
  public CheckpointStore checkpoints() {
    return checkpoints;
  }

  /**
   * Confirms that the directory is still this run's.
   *
   * @throws StorageException if its lock was removed or taken over
   */
  public void check() {
    lock.check();
  }

  /**
   * Begins, or goes on after the newest checkpoint: writes {@value #CONFIGURATION} and cuts the
   * metrics and samples of later rounds, which will be told again.
   *
   * @param configuration effective settings, YAML
   */
  public void begin(String configuration) {
    begin(configuration, line -> Optional.empty());
  }

  /**
   * As {@link #begin(String)}, and moves lines of the metrics that are no events to {@value
   * #ODD_METRICS}.
   *
   * @param oddity why a line, without its line feed, is no event; empty if it is one
   */
  public void begin(String configuration, Function<byte[], Optional<String>> oddity) {
    FormerRun.setAsideIfUseless(storage, checkpoints);
    // Round 0 is told again as well: its sample comes after its checkpoint.
    int rounds = checkpoints.progress().map(Progress::rounds).filter(done -> done > 0).orElse(-1);
    storage.write(CONFIGURATION, configuration.getBytes(StandardCharsets.UTF_8));
    metrics = MetricsLog.open(storage, rounds, oddity);
    for (Storage.Entry entry : storage.list(SAMPLES)) {
      Matcher name = SAMPLE.matcher(entry.name());
      if (name.matches() && Integer.parseInt(name.group(1)) > rounds) {
        storage.delete(SAMPLES + "/" + entry.name());
      }
    }
    LaneFiles.remove(storage, rounds + 1, Set.of());
  }

  /**
   * Removes what lanes kept after earlier rounds, but for what checkpoints need.
   *
   * @param round the one that the run has completed
   */
  public void keepLaneFilesOf(int round) {
    Set<String> needed = new HashSet<>(checkpoints.laneDirectories());
    needed.add(LaneFiles.directory(round));
    LaneFiles.remove(storage, checkpoints.progress().map(Progress::rounds).orElse(0), needed);
  }

  /**
   * Appends one event to {@value MetricsLog#FILE}, where the file system can append; elsewhere
   * {@link #flush} decides when it is there at the latest.
   *
   * @param json an object with {@code round}, without a line feed
   * @throws IllegalStateException before {@link #begin}
   */
  public void appendMetrics(String json) {
    if (metrics == null) {
      throw new IllegalStateException("The run has not begun");
    }
    metrics.append(json);
  }

  /**
   * Writes what was told but kept back, where the file system cannot append. To be called before
   * each checkpoint: a resumed run tells only what came after it.
   */
  public void flush() {
    if (metrics != null) {
      metrics.flush();
    }
    events.forEach(GrowingFile::flush);
  }

  /** Reads {@value MetricsLog#FILE} as it is now, with the reader told its length. */
  public <T> T readMetrics(Storage.Reader<T> reader) {
    metrics.flush();
    return storage.read(METRICS, reader);
  }

  /** Whether there is a best model. */
  public boolean hasBest() {
    return FormerRun.hasBest(storage);
  }

  /** Replaces the best model. Killed before the end, there is none until the run is resumed. */
  public void writeBest(
      Storage.Content parameters, Storage.Content vocabulary, Storage.Content description) {
    ModelDirectory.write(storage, BEST, parameters, vocabulary, description);
  }

  /** Writes what the model said after a round. */
  public void writeSample(int round, String text) {
    storage.write(
        String.format(Locale.ROOT, "%s/round-%06d.txt", SAMPLES, round),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * One of TensorBoard's files: each flush appends what was written since the last one, where the
   * file system can append, so that it is seen by those who watch.
   *
   * @param name its name in {@value #EVENTS}
   */
  public OutputStream eventFile(String name) {
    GrowingFile file = new GrowingFile(storage, EVENTS + "/" + name, Clock.systemUTC());
    events.add(file);
    return new ByteArrayOutputStream() {
      @Override
      public void flush() {
        if (size() > 0) {
          byte[] piece = toByteArray();
          reset();
          file.append(piece);
        }
      }

      @Override
      public void close() {
        flush();
      }
    };
  }

  /**
   * Writes what this start came to.
   *
   * @param keys puts all but format and version
   */
  public void writeOutcome(Consumer<ObjectNode> keys) {
    ObjectNode outcome = StrictJson.object().put("format", "unroll-outcome").put("version", 1);
    keys.accept(outcome);
    storage.write(OUTCOME, StrictJson.text(outcome).getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the page of the run. */
  public void writeReport(String html) {
    storage.write(REPORT, html.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes what was kept back, and gives the lock back. Takes {@value #CLOSING_SECONDS} seconds at
   * most, and 10 more if the lock is being renewed: the file system may be what ends the run.
   */
  @Override
  public void close() {
    storage.limitRest(Duration.ofSeconds(CLOSING_SECONDS));
    try (storage;
        lock) {
      flush();
    }
  }

  private static void closeQuietly(AutoCloseable resource, RuntimeException failure) {
    if (resource != null) {
      try {
        resource.close();
      } catch (Exception alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
    }
  }
}
