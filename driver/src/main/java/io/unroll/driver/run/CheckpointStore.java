package io.unroll.driver.run;

import io.unroll.worker.model.Architecture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run. One counts only when its {@value StoredCheckpoint#FILE}, which is
 * written last, is there and every hash in it holds. The newest that counts wins; older ones are
 * deleted only after the new one was read back and found whole.
 *
 * <p>Not thread-safe; only the holder of the run's lock may use it.
 */
public final class CheckpointStore {
  static final String DIRECTORY = "checkpoints";

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);

  /** A second checkpoint of one round gets a number, so that the first is not overwritten. */
  private static final Pattern NAME = Pattern.compile("round-(\\d{6,9})(?:-(\\d{1,9}))?");

  /** Last round first, and of one round the last attempt. */
  private static final Comparator<String> NEWEST_FIRST =
      Comparator.comparingInt((String name) -> number(name, 1))
          .thenComparingInt(name -> number(name, 2))
          .reversed();

  private final Storage storage;
  private final int keep;

  /** Those that were found whole, the newest first. */
  private final List<StoredCheckpoint> whole = new ArrayList<>();

  /** Whether there are checkpoints, but none that a run was done with writing. */
  private boolean unfinishedOnly;

  private CheckpointStore(Storage storage, int keep) {
    this.storage = storage;
    this.keep = keep;
  }

  /**
   * Looks for the newest whole checkpoint, warns of each damaged one that is newer, and removes
   * what a killed run left unfinished.
   *
   * @param keep checkpoints to keep, at least 1
   * @throws StorageException if there are checkpoints, but none of them is whole, naming each file
   *     and what is wrong with it; nothing is removed then
   */
  static CheckpointStore open(Storage storage, int keep) {
    if (keep < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid checkpoint.keep: %d (expected at least 1)", keep));
    }
    CheckpointStore store = new CheckpointStore(storage, keep);
    store.findNewest();
    store.unfinishedOnly = store.whole.isEmpty() && !store.names().isEmpty();
    store.removeUnfinished();
    return store;
  }

  /**
   * The newest whole checkpoint of a run, which may be on; nothing is changed.
   *
   * @throws StorageException if there are checkpoints, but none of them is whole
   */
  static Optional<StoredCheckpoint> newestIn(Storage storage) {
    return newestIn(storage, 1).stream().findFirst();
  }

  /**
   * So many of the newest whole checkpoints of a run, the newest first; fewer if it has fewer.
   *
   * @throws StorageException if there are checkpoints, but none of them is whole
   */
  static List<StoredCheckpoint> newestIn(Storage storage, int count) {
    CheckpointStore store = new CheckpointStore(storage, count);
    store.findNewest();
    return List.copyOf(store.whole);
  }

  /** How far the run had come at the newest whole checkpoint; empty if the run begins. */
  public Optional<Progress> progress() {
    return newest().map(StoredCheckpoint::progress);
  }

  /** Whether all that was there were checkpoints that their run did not finish writing. */
  boolean unfinishedOnly() {
    return unfinishedOnly;
  }

  /** Dataset and settings of the run that is there; empty if the run begins. */
  public Optional<RunIdentity> identity() {
    return newest().map(StoredCheckpoint::identity);
  }

  /**
   * The newest whole checkpoint; empty if the run begins. One of round 0 was written before
   * anything was trained: other settings make the run begin anew.
   *
   * @throws io.unroll.driver.config.ConfigurationException if it was written with settings that
   *     would make this another run, naming each
   * @throws StorageException if its tensors are not the architecture's
   */
  public Optional<Checkpoint> read(Architecture architecture, RunIdentity identity) {
    forgetUntrained(identity);
    newest().ifPresent(stored -> identity.requireResumable(storage.uri(""), stored.identity()));
    return newest().map(stored -> CheckpointFiles.read(storage, stored, architecture));
  }

  /**
   * Writes a checkpoint, reads it back, and only then deletes the oldest.
   *
   * @throws StorageException if it cannot be written; the one before stays
   */
  public void write(Checkpoint checkpoint, Architecture architecture, RunIdentity identity) {
    String directory = unusedDirectory(checkpoint.progress().rounds());
    try {
      Map<String, FileHash> files =
          CheckpointFiles.write(storage, directory, checkpoint, architecture);
      StoredCheckpoint stored =
          new StoredCheckpoint(
              directory, checkpoint.progress(), identity, files, checkpoint.laneFiles());
      byte[] json = stored.toJson();
      storage.write(directory + "/" + StoredCheckpoint.FILE, json);
      whole.add(0, reread(directory, json));
    } catch (StorageException failure) {
      removeQuietly(directory, failure);
      throw failure;
    }
    removeOld();
    LaneFiles.remove(storage, 0, laneDirectories());
  }

  /** Directories of the lane files that the whole checkpoints need. */
  Set<String> laneDirectories() {
    return whole.stream()
        .flatMap(stored -> stored.laneFiles().stream())
        .map(LaneFiles::directory)
        .collect(Collectors.toSet());
  }

  private void forgetUntrained(RunIdentity identity) {
    boolean untrained = progress().filter(done -> done.rounds() == 0).isPresent();
    if (untrained
        && !identity.resumes(newest().orElseThrow().identity())
        && !FormerRun.hasBest(storage)) {
      whole.clear();
    }
  }

  private Optional<StoredCheckpoint> newest() {
    return whole.stream().findFirst();
  }

  private void findNewest() {
    List<String> damages = new ArrayList<>();
    for (String name : names()) {
      String directory = DIRECTORY + "/" + name;
      if (unfinished(directory)) {
        continue;
      }
      try {
        whole.add(verified(name));
        if (whole.size() == keep) {
          return;
        }
      } catch (DamagedException damage) {
        LOG.warn("Skipping checkpoint {}: {}", storage.uri(directory), damage.getMessage());
        damages.add(damage.getMessage());
      }
    }
    if (whole.isEmpty() && !damages.isEmpty()) {
      throw new StorageException(
          ("Cannot resume the run in %s: no checkpoint is whole (%s). Restore one of them, or begin"
                  + " anew in another directory, or delete %s to begin anew in this one")
              .formatted(storage.uri(""), String.join("; ", damages), storage.uri(DIRECTORY)));
    }
  }

  private StoredCheckpoint verified(String name) throws DamagedException {
    StoredCheckpoint stored = StoredCheckpoint.verified(storage, DIRECTORY + "/" + name);
    if (stored.progress().rounds() != number(name, 1)) {
      throw new DamagedException(
          String.format(
              Locale.ROOT,
              "%s/%s is of round %d, not of this directory",
              stored.directory(),
              StoredCheckpoint.FILE,
              stored.progress().rounds()));
    }
    return stored;
  }

  private StoredCheckpoint reread(String directory, byte[] json) {
    String file = directory + "/" + StoredCheckpoint.FILE;
    try {
      if (!Arrays.equals(storage.read(file, json.length), json)) {
        throw new DamagedException(file + " is not what was written");
      }
      return StoredCheckpoint.verified(storage, directory);
    } catch (DamagedException damage) {
      throw new StorageException(
          "Cannot keep the checkpoint just written to %s: %s. The disk or the memory may be faulty"
              .formatted(storage.uri(directory), damage.getMessage()));
    }
  }

  private String unusedDirectory(int round) {
    String first = String.format(Locale.ROOT, "%s/round-%06d", DIRECTORY, round);
    String directory = first;
    for (int attempt = 2; storage.exists(directory); attempt++) {
      directory = first + "-" + attempt;
    }
    return directory;
  }

  private void removeUnfinished() {
    for (String name : names()) {
      String directory = DIRECTORY + "/" + name;
      if (unfinished(directory)) {
        LOG.warn(
            "Removing {}: unfinished, it has no {}", storage.uri(directory), StoredCheckpoint.FILE);
        storage.delete(directory);
      }
    }
  }

  private void removeOld() {
    while (whole.size() > keep) {
      whole.remove(whole.size() - 1);
    }
    for (String name : names()) {
      String directory = DIRECTORY + "/" + name;
      if (whole.stream().noneMatch(stored -> stored.directory().equals(directory))) {
        remove(directory);
      }
    }
  }

  /** The description goes first: a checkpoint deleted by half is an unfinished one. */
  private void remove(String directory) {
    storage.delete(directory + "/" + StoredCheckpoint.FILE);
    storage.delete(directory);
  }

  private void removeQuietly(String directory, StorageException failure) {
    if (storage.deleteQuietly(directory + "/" + StoredCheckpoint.FILE, failure)) {
      storage.deleteQuietly(directory, failure);
    }
  }

  /** Killed while it was written: the last file is missing, or was created and no more. */
  private boolean unfinished(String directory) {
    return storage
        .entry(directory + "/" + StoredCheckpoint.FILE)
        .filter(entry -> entry.directory() || entry.length() > 0)
        .isEmpty();
  }

  private List<String> names() {
    return storage.list(DIRECTORY).stream()
        .filter(entry -> entry.directory() && NAME.matcher(entry.name()).matches())
        .map(Storage.Entry::name)
        .sorted(NEWEST_FIRST)
        .toList();
  }

  /** The round (group 1) or attempt (group 2; 1 for the first) in a directory's name. */
  private static int number(String name, int group) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Not the name of a checkpoint: " + name);
    }
    return matcher.group(group) == null ? 1 : Integer.parseInt(matcher.group(group));
  }
}
