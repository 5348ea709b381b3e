package io.unroll.driver.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two runs out of one directory, and two commands out of one registry. The file {@value
 * #FILE} says who holds the lock and is never changed while it is held; {@value #RENEWAL_FILE}
 * beside it says when the holder was last alive and is written every 20 seconds by a daemon thread.
 *
 * <p>A lock is left over, and taken over, if its process runs no more on this host, or if it
 * belongs to another host and was not renewed for two minutes. Where two runs take over at the same
 * instant, or a file system lets two create one file, the loser learns of it from {@link #check()}.
 */
public final class RunLock implements AutoCloseable {
  static final String FILE = "run.lock";
  static final String RENEWAL_FILE = "run.lock.renewed";
  static final Duration RENEWAL = Duration.ofSeconds(20);
  static final Duration EXPIRY = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
  private static final int LIMIT = 1 << 16;
  private static final int ATTEMPTS = 3;

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /** Longer than an object store needs to create the small file for one that asked before. */
  private static final Duration SETTLING = Duration.ofSeconds(1);

  private final Storage storage;
  private final LockedPlace place;
  private final Clock clock;
  private final LockHolder holder;
  private final ScheduledExecutorService renewing;
  private volatile Instant renewed;

  private RunLock(Storage storage, LockedPlace place, Clock clock, LockHolder holder) {
    this.storage = storage;
    this.place = place;
    this.clock = clock;
    this.holder = holder;
    this.renewed = holder.acquired();
    this.renewing =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "run-lock-renewal");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Takes the lock of a run directory for this process.
   *
   * @throws StorageException if another run holds it, naming that one and the remedy
   */
  static RunLock acquire(Storage storage) {
    Clock clock = Clock.systemUTC();
    return acquire(storage, clock, LockHolder.current(clock.instant()));
  }

  static RunLock acquire(Storage storage, Clock clock, LockHolder holder) {
    RunLock lock = new RunLock(storage, LockedPlace.RUN, clock, holder);
    lock.user()
        .ifPresent(
            user -> {
              throw lock.place.refused(storage, user);
            });
    lock.check(); // an object store may have let two runs create the file
    lock.startRenewing();
    return lock;
  }

  /**
   * Takes the lock for this process, once whoever has it gives it back.
   *
   * @param limit how long to wait
   * @param told is told whom this process waits for, once
   * @throws StorageException if another process still holds it then, naming that one
   */
  public static RunLock await(
      Storage storage, LockedPlace place, Duration limit, Consumer<String> told) {
    Clock clock = Clock.systemUTC();
    Deadline deadline = Deadline.in(limit);
    for (boolean first = true; ; first = false) {
      RunLock lock = new RunLock(storage, place, clock, LockHolder.current(clock.instant()));
      Optional<String> user = lock.user().or(lock::usurper);
      if (user.isEmpty()) {
        lock.startRenewing();
        return lock;
      }
      if (deadline.isOver()) {
        throw place.refused(storage, user.get());
      }
      if (first) {
        told.accept("Waiting for %s: %s".formatted(storage.uri(""), user.get()));
      }
      sleep(LOOK_EVERY);
    }
  }

  /** Takes the lock, or tells why not: who has it. */
  private Optional<String> user() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (storage.createNew(FILE, holder.toJson())) {
        return Optional.empty();
      }
      Optional<String> user = removeIfLeftOver();
      if (user.isPresent()) {
        return user;
      }
    }
    return Optional.of(place.starting());
  }

  /** Who took the lock in the same moment, where a store lets two create one file. */
  private Optional<String> usurper() {
    if (!storage.appends()) {
      sleep(SETTLING);
    }
    return content(storage, FILE)
        .filter(content -> !Arrays.equals(content, holder.toJson()))
        .map(content -> "it was just taken by " + ownerOf(content));
  }

  private static void sleep(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StorageException("Cannot wait for the lock: interrupted", interrupted);
    }
  }

  /**
   * Confirms that this run still holds the lock.
   *
   * @throws StorageException if the lock was removed or taken over, or could not be renewed for so
   *     long that another run may take it over
   */
  public void check() {
    Optional<String> loss;
    try {
      loss = loss();
    } catch (StorageException unreachable) {
      if (clock.instant().isAfter(renewed.plus(EXPIRY))) {
        throw unreachable;
      }
      LOG.warn("{}; going on, since the lock was renewed at {}", unreachable.getMessage(), renewed);
      return;
    }
    loss.ifPresent(
        what -> {
          throw new StorageException(what);
        });
  }

  /** Says that the holder is alive. Called by the daemon thread; failures are told and retried. */
  void renew() {
    try {
      Optional<String> loss = loss();
      if (loss.isPresent()) {
        LOG.error(loss.get());
        renewing.shutdown();
        return;
      }
      Instant now = clock.instant();
      ObjectNode json = StrictJson.object();
      json.put("token", holder.token());
      json.put("renewed", now.toString());
      storage.write(RENEWAL_FILE, StrictJson.text(json).getBytes(StandardCharsets.UTF_8));
      renewed = now;
    } catch (RuntimeException failure) { // an escaping one would end the schedule
      LOG.warn("Cannot renew the lock: {}", failure.getMessage());
    }
  }

  /** Gives the lock back, unless another run has taken it over. */
  @Override
  public void close() {
    renewing.shutdown();
    try {
      if (!renewing.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("The renewal of the lock of {} hangs", storage.uri(""));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (Arrays.equals(content(storage, FILE).orElse(null), holder.toJson())) {
      storage.delete(FILE);
      storage.delete(RENEWAL_FILE);
    }
  }

  private void startRenewing() {
    long period = RENEWAL.toMillis();
    var unused = renewing.scheduleAtFixedRate(this::renew, period, period, TimeUnit.MILLISECONDS);
  }

  /** Whether the lock is lost, in words for the user. */
  private Optional<String> loss() {
    Optional<byte[]> content = content(storage, FILE);
    if (content.isPresent() && Arrays.equals(content.get(), holder.toJson())) {
      return Optional.empty();
    }
    String what =
        content.isEmpty()
            ? "its lock file was removed"
            : "its lock was taken over by " + ownerOf(content.get());
    return Optional.of(place.lost(storage, what));
  }

  private String ownerOf(byte[] content) {
    try {
      return LockHolder.fromJson(FILE, content).name();
    } catch (DamagedException unreadable) {
      return "%s (%s)".formatted(place.unknownUser(), unreadable.getMessage());
    }
  }

  /** Removes the lock that a process left over, or tells who has it. */
  private Optional<String> removeIfLeftOver() {
    Optional<byte[]> seen = content(storage, FILE);
    if (seen.isEmpty()) {
      return Optional.empty(); // released in this moment
    }
    Owner owner = owner(seen.get());
    if (owner.present()) {
      return Optional.of(owner.description());
    }
    if (Arrays.equals(seen.get(), content(storage, FILE).orElse(null))) {
      LOG.warn("Taking over the lock of {}: {}", storage.uri(""), owner.description());
      storage.delete(FILE);
      storage.delete(RENEWAL_FILE);
    }
    return Optional.empty();
  }

  /**
   * Whose lock it is.
   *
   * @param present whether it still uses the directory, as far as can be known
   */
  private record Owner(boolean present, String description) {}

  private Owner owner(byte[] content) {
    Instant expired = clock.instant().minus(EXPIRY);
    LockHolder owner;
    try {
      owner = LockHolder.fromJson(FILE, content);
    } catch (DamagedException unreadable) {
      // A run that was killed, or one that starts now: its file is written in a moment.
      Instant changed = storage.entry(FILE).map(Storage.Entry::modified).orElse(expired);
      return changed.isAfter(expired)
          ? new Owner(true, "%s, %s".formatted(place.starting(), unreadable.getMessage()))
          : new Owner(false, unreadable.getMessage());
    }
    if (owner.sameHost(holder)) {
      return owner.running()
          ? new Owner(true, "it is in use by " + owner.name())
          : new Owner(false, "%s, runs no more".formatted(owner.name()));
    }
    Instant alive = lastSign(storage, owner);
    return alive.isAfter(expired)
        ? new Owner(true, "it is in use by %s, last seen %s".formatted(owner.name(), alive))
        : new Owner(false, "%s, was last seen %s".formatted(owner.name(), alive));
  }

  private static Instant lastSign(Storage storage, LockHolder owner) {
    Optional<byte[]> content = content(storage, RENEWAL_FILE);
    if (content.isEmpty()) {
      return owner.acquired();
    }
    try {
      return lastSign(RENEWAL_FILE, content.get(), owner);
    } catch (DamagedException beingWritten) {
      return storage.entry(RENEWAL_FILE).map(Storage.Entry::modified).orElse(owner.acquired());
    }
  }

  static Instant lastSign(String file, byte[] bytes, LockHolder owner) throws DamagedException {
    StrictJson json = StrictJson.parse(file, bytes).withKeys(Set.of("token", "renewed"));
    Instant renewed = json.instant("renewed");
    return json.text("token").equals(owner.token()) ? renewed : owner.acquired();
  }

  private static Optional<byte[]> content(Storage storage, String file) {
    try {
      return Optional.of(storage.readReplaced(file, LIMIT));
    } catch (StorageException failure) {
      // Asks again only then: a file system that does not answer would take as long once more.
      if (failure.getCause() instanceof FileNotFoundException && !storage.exists(file)) {
        return Optional.empty();
      }
      throw failure;
    }
  }
}
