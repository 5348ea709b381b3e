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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two runs out of one directory. The file {@value #FILE} says who holds the lock and is never
 * changed while it is held; {@value #RENEWAL_FILE} beside it says when the holder was last alive
 * and is written every 20 seconds by a daemon thread.
 *
 * <p>A lock is left over, and taken over, if its process runs no more on this host, or if it
 * belongs to another host and was not renewed for two minutes. Where two runs take over at the same
 * instant, or a file system lets two create one file, the loser learns of it from {@link #check()}.
 */
final class RunLock implements AutoCloseable {
  static final String FILE = "run.lock";
  static final String RENEWAL_FILE = "run.lock.renewed";
  static final Duration RENEWAL = Duration.ofSeconds(20);
  static final Duration EXPIRY = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
  private static final int LIMIT = 1 << 16;
  private static final int ATTEMPTS = 3;

  private final Storage storage;
  private final Clock clock;
  private final LockHolder holder;
  private final ScheduledExecutorService renewing;
  private volatile Instant renewed;

  private RunLock(Storage storage, Clock clock, LockHolder holder) {
    this.storage = storage;
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
   * Takes the lock of a directory for this process.
   *
   * @throws StorageException if another run holds it, naming that one and the remedy
   */
  static RunLock acquire(Storage storage) {
    Clock clock = Clock.systemUTC();
    return acquire(storage, clock, LockHolder.current(clock.instant()));
  }

  static RunLock acquire(Storage storage, Clock clock, LockHolder holder) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (storage.createNew(FILE, holder.toJson())) {
        RunLock lock = new RunLock(storage, clock, holder);
        lock.check(); // an object store may have let two runs create the file
        lock.startRenewing();
        return lock;
      }
      removeIfLeftOver(storage, clock, holder);
    }
    throw new StorageException(
        "Cannot lock %s: other runs are starting in it".formatted(storage.uri("")));
  }

  /**
   * Confirms that this run still holds the lock.
   *
   * @throws StorageException if the lock was removed or taken over, or could not be renewed for so
   *     long that another run may take it over
   */
  void check() {
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
    if (Arrays.equals(content(storage).orElse(null), holder.toJson())) {
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
    Optional<byte[]> content = content(storage);
    if (content.isPresent() && Arrays.equals(content.get(), holder.toJson())) {
      return Optional.empty();
    }
    String what =
        content.isEmpty()
            ? "its lock file was removed"
            : "its lock was taken over by " + ownerOf(content.get());
    return Optional.of(
        ("Cannot go on in %s: %s. This run stops, so that two runs do not mix;"
                + " start it again when no other run uses the directory")
            .formatted(storage.uri(""), what));
  }

  private static String ownerOf(byte[] content) {
    try {
      return LockHolder.fromJson(FILE, content).name();
    } catch (DamagedException unreadable) {
      return "an unknown run (%s)".formatted(unreadable.getMessage());
    }
  }

  private static void removeIfLeftOver(Storage storage, Clock clock, LockHolder self) {
    Optional<byte[]> seen = content(storage);
    if (seen.isEmpty()) {
      return; // released in this moment
    }
    String why = whyLeftOver(storage, clock, self, seen.get());
    if (Arrays.equals(seen.get(), content(storage).orElse(null))) {
      LOG.warn("Taking over the lock of {}: {}", storage.uri(""), why);
      storage.delete(FILE);
      storage.delete(RENEWAL_FILE);
    }
  }

  private static String whyLeftOver(Storage storage, Clock clock, LockHolder self, byte[] content) {
    Instant expired = clock.instant().minus(EXPIRY);
    LockHolder owner;
    try {
      owner = LockHolder.fromJson(FILE, content);
    } catch (DamagedException unreadable) {
      // A run that was killed, or one that starts now: its file is written in a moment.
      Instant changed = storage.entry(FILE).map(Storage.Entry::modified).orElse(expired);
      if (changed.isAfter(expired)) {
        throw refused(storage, "another run is starting in it, " + unreadable.getMessage());
      }
      return unreadable.getMessage();
    }
    if (owner.sameHost(self)) {
      if (owner.running()) {
        throw refused(storage, "it is in use by " + owner.name());
      }
      return "%s, runs no more".formatted(owner.name());
    }
    Instant alive = lastSign(storage, owner);
    if (alive.isAfter(expired)) {
      throw refused(storage, "it is in use by %s, last seen %s".formatted(owner.name(), alive));
    }
    return "%s, was last seen %s".formatted(owner.name(), alive);
  }

  private static StorageException refused(Storage storage, String why) {
    return new StorageException(
        ("Cannot use the run directory %s: %s. Wait for that run to end or stop it, or give"
                + " another directory; if it surely runs no more, delete %s")
            .formatted(storage.uri(""), why, storage.uri(FILE)));
  }

  private static Instant lastSign(Storage storage, LockHolder owner) {
    try {
      Optional<Storage.Entry> entry = storage.entry(RENEWAL_FILE);
      if (entry.isEmpty()) {
        return owner.acquired();
      }
      return lastSign(RENEWAL_FILE, storage.read(RENEWAL_FILE, LIMIT), owner);
    } catch (DamagedException beingWritten) {
      return storage.entry(RENEWAL_FILE).map(Storage.Entry::modified).orElse(owner.acquired());
    }
  }

  static Instant lastSign(String file, byte[] bytes, LockHolder owner) throws DamagedException {
    StrictJson json = StrictJson.parse(file, bytes).withKeys(Set.of("token", "renewed"));
    Instant renewed = json.instant("renewed");
    return json.text("token").equals(owner.token()) ? renewed : owner.acquired();
  }

  private static Optional<byte[]> content(Storage storage) {
    try {
      return Optional.of(storage.read(FILE, LIMIT));
    } catch (StorageException failure) {
      // Asks again only then: a file system that does not answer would take as long once more.
      if (failure.getCause() instanceof FileNotFoundException && !storage.exists(FILE)) {
        return Optional.empty();
      }
      throw failure;
    }
  }
}
