package io.unroll.driver.registry;

import io.unroll.dataprep.DataException;
import io.unroll.driver.run.LockedPlace;
import io.unroll.driver.run.RunLock;
import io.unroll.driver.run.Storage;
import io.unroll.driver.run.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry that only this process changes, until it is closed. Each change ends with the file
 * {@value Registry#CHAMPION}, which is replaced whole: a kill before leaves the old champion, and
 * folders that the next writer removes.
 *
 * <p>Methods throw {@link DataException} where a file is damaged, naming it, and {@link
 * StorageException} where the file system refuses or the lock was lost.
 */
public final class RegistryWriter implements AutoCloseable {
  /** How long to wait for another command. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(RegistryWriter.class);
  private static final int LIMIT = 1 << 16;

  /** In what is no registry: a model, a dataset, a run, a checkpoint. */
  private static final List<String> FOREIGN =
      List.of("model.json", "manifest.json", "config.yaml", "checkpoint.json");

  private final Storage storage;
  private final RunLock lock;
  private final Registry registry;

  private RegistryWriter(Storage storage, RunLock lock) {
    this.storage = storage;
    this.lock = lock;
    this.registry = new Registry(storage);
  }

  /**
   * Opens a registry, which need not be there yet, and waits until no other command changes it.
   *
   * @param told is told whom this process waits for
   * @throws DataException if something else is there
   * @throws StorageException if another command takes longer than ten minutes, naming it
   */
  public static RegistryWriter open(String uri, Configuration hadoop, Consumer<String> told) {
    return open(uri, hadoop, told, PATIENCE);
  }

  /** As {@link #open(String, Configuration, Consumer)}, of a registry that has to be there. */
  public static RegistryWriter openExisting(
      String uri, Configuration hadoop, Consumer<String> told) {
    try (Storage storage = Storage.open(uri, hadoop)) {
      Registry.at(storage);
    }
    return open(uri, hadoop, told);
  }

  static RegistryWriter open(
      String uri, Configuration hadoop, Consumer<String> told, Duration patience) {
    Storage storage = Storage.open(uri, hadoop);
    try {
      requireNothingElse(storage);
      return new RegistryWriter(
          storage, RunLock.await(storage, LockedPlace.REGISTRY, patience, told));
    } catch (RuntimeException failure) {
      closeQuietly(storage, failure);
      throw failure;
    }
  }

  private static void requireNothingElse(Storage storage) {
    if (storage.entry("").filter(entry -> !entry.directory()).isPresent()) {
      throw new DataException(
          "Cannot use the registry %s: it is a file (expected the folder of a registry, or none)"
              .formatted(storage.uri("")));
    }
    for (String name : FOREIGN) {
      if (storage.exists(name)) {
        throw new DataException(
            "Cannot use the registry %s: it has a file %s (expected the folder of a registry, or none)"
                .formatted(storage.uri(""), name));
      }
    }
  }

  /** What is there. */
  public Registry registry() {
    return registry;
  }

  /**
   * Makes a model the champion, if it is better.
   *
   * @param contest how it has to be compared before; empty for not at all
   */
  public Promotion promote(Candidate candidate, Optional<Contest> contest) {
    Optional<Champion> champion = registry.champion();
    clean(champion);
    String sha256 = candidate.sha256();
    Optional<Promotion> before = champion.flatMap(named -> before(named, candidate, sha256));
    if (before.isPresent()) {
      return before.get();
    }
    OptionalInt serving =
        champion.map(named -> OptionalInt.of(named.number())).orElse(OptionalInt.empty());
    Optional<Judgement> judgement =
        contest.map(how -> how.judge(candidate.uri(), registry, serving));
    if (judgement.filter(judged -> !judged.isBetter()).isPresent()) {
      return new Promotion(Promotion.Outcome.KEPT, serving.getAsInt(), judgement);
    }
    int number = registry.numbers().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    new NewVersion(storage, lock, number).write(candidate, sha256, judgement);
    name(new Champion(number, serving));
    return new Promotion(Promotion.Outcome.PROMOTED, number, judgement);
  }

  /** Whether the same command was done before, or another run came to the champion's model. */
  private Optional<Promotion> before(Champion champion, Candidate candidate, String sha256) {
    Optional<Version> same =
        whole(champion.number()).filter(version -> version.sha256().equals(sha256));
    if (same.isPresent()) {
      boolean otherRun =
          candidate.runId().isPresent() && !candidate.runId().equals(same.get().runId());
      Promotion.Outcome outcome =
          otherRun ? Promotion.Outcome.KEPT : Promotion.Outcome.ALREADY_CHAMPION;
      return Optional.of(new Promotion(outcome, champion.number(), Optional.empty()));
    }
    return champion.previous().stream()
        .mapToObj(this::whole)
        .flatMap(Optional::stream)
        .filter(version -> version.sha256().equals(sha256))
        .filter(version -> version.runId().isPresent())
        .filter(version -> version.runId().equals(candidate.runId()))
        .map(
            version ->
                new Promotion(
                    Promotion.Outcome.ALREADY_REPLACED, version.number(), Optional.empty()))
        .findFirst();
  }

  private Optional<Version> whole(int number) {
    try {
      return Optional.of(registry.wholeVersion(number));
    } catch (DataException damaged) {
      LOG.warn(damaged.getMessage());
      return Optional.empty();
    }
  }

  /** Puts the version before the champion in its place; the champion becomes the previous one. */
  public Champion rollback() {
    Champion champion =
        registry.champion().orElseThrow(() -> refused("it has no champion (`promote` makes one)"));
    int previous =
        champion
            .previous()
            .orElseThrow(
                () ->
                    refused(
                        "there was no champion before version %s (`registry rollback --to N` takes any)"
                            .formatted(Registry.folder(champion.number()))));
    return rollback(Optional.of(champion), previous);
  }

  /**
   * Puts a version in the place of the champion, which becomes the previous one; also where the
   * file of the champion is damaged.
   */
  public Champion rollback(int number) {
    Optional<Champion> champion;
    try {
      champion = registry.champion();
    } catch (DataException damaged) {
      LOG.warn("{}: writing it anew", damaged.getMessage());
      champion = Optional.empty();
    }
    return rollback(champion, number);
  }

  private Champion rollback(Optional<Champion> champion, int number) {
    registry.wholeVersion(number);
    if (champion.filter(named -> named.number() == number).isPresent()) {
      return champion.get();
    }
    Champion next =
        champion
            .map(replaced -> Champion.after(replaced.number(), number))
            .orElse(new Champion(number, OptionalInt.empty()));
    name(next);
    return next;
  }

  /**
   * Removes the oldest versions, but none that is champion or previous.
   *
   * @param keep how many to keep, at least 1
   * @return the numbers of those that were removed
   */
  public List<Integer> prune(int keep) {
    Optional<Champion> champion = registry.champion();
    clean(champion);
    List<Integer> numbers = registry.numbers();
    List<Integer> removed = new ArrayList<>();
    for (int number : numbers.subList(0, Math.max(0, numbers.size() - keep))) {
      if (champion.filter(named -> named.names(number)).isEmpty()) {
        lock.check();
        remove(number);
        removed.add(number);
      }
    }
    return removed;
  }

  /** Removes what killed writers left over, and mends what they did not come to. */
  private void clean(Optional<Champion> champion) {
    for (int number : registry.numbers()) {
      boolean named = champion.filter(one -> one.names(number)).isPresent();
      if (!registry.isAccepted(number) && !named) {
        LOG.warn("Removing {}, which a promotion left over", registry.uri(number));
        remove(number);
      }
    }
    for (Storage.Entry entry : storage.list("")) {
      if (Storage.isLeftOver(entry.name())) {
        storage.delete(entry.name());
      }
    }
    champion.ifPresent(this::mendPrevious);
  }

  /** What makes the folder a version, and a model, goes first. */
  private void remove(int number) {
    String folder = Registry.folder(number);
    storage.delete(folder + "/" + Registry.VERSION);
    storage.delete(folder + "/model.json");
    storage.delete(folder);
  }

  /** From here on another version is in service. */
  private void name(Champion champion) {
    lock.check();
    storage.replace(Registry.CHAMPION, champion.toJson());
    mendPrevious(champion);
  }

  /** A failure is only told: nothing depends on this file, and the next writer mends it. */
  private void mendPrevious(Champion champion) {
    try {
      writePrevious(champion);
    } catch (StorageException failure) {
      LOG.warn(failure.getMessage());
    }
  }

  private void writePrevious(Champion champion) {
    if (champion.previous().isEmpty()) {
      storage.delete(Registry.PREVIOUS);
      return;
    }
    byte[] expected = Champion.previousJson(champion.previous().getAsInt());
    boolean there = storage.exists(Registry.PREVIOUS);
    if (!there || !Arrays.equals(expected, storage.read(Registry.PREVIOUS, LIMIT))) {
      storage.replace(Registry.PREVIOUS, expected);
    }
  }

  private DataException refused(String why) {
    return new DataException(
        String.format(Locale.ROOT, "Cannot roll back the registry %s: %s", registry.uri(), why));
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    try (storage;
        lock) {
      // both in this order: the lock is in the storage
    }
  }

  private static void closeQuietly(AutoCloseable resource, RuntimeException failure) {
    try {
      resource.close();
    } catch (Exception alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }
}
