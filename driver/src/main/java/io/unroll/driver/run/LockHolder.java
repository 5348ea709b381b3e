package io.unroll.driver.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who holds a lock: the content of the lock file.
 *
 * @param token unique to one acquisition
 * @param host name of the machine
 * @param pid process on it
 * @param processStart when that process began, if the system tells; tells apart two processes that
 *     were given the same number
 * @param acquired when the lock was taken
 */
record LockHolder(
    String token, String host, long pid, Optional<Instant> processStart, Instant acquired) {
  /** The start of a process is computed from the boot time, which the clock's correction moves. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

  /** This process, with a new token. */
  static LockHolder current(Instant now) {
    ProcessHandle process = ProcessHandle.current();
    return new LockHolder(
        UUID.randomUUID().toString(),
        HostName.here(),
        process.pid(),
        process.info().startInstant(),
        now.truncatedTo(ChronoUnit.MILLIS));
  }

  boolean sameHost(LockHolder other) {
    return host.equals(other.host);
  }

  /** Whether the process still runs; meaningful on its own host only. */
  boolean running() {
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isEmpty()) {
      return false;
    }
    Optional<Instant> start = process.get().info().startInstant();
    return start.isEmpty()
        || processStart.isEmpty()
        || Duration.between(start.get(), processStart.get()).abs().compareTo(START_TOLERANCE) <= 0;
  }

  /** For messages: process 4711 on host node7. */
  String name() {
    return String.format(
        Locale.ROOT,
        "process %d on host %s, since %s",
        pid,
        host,
        acquired.truncatedTo(ChronoUnit.SECONDS));
  }

  byte[] toJson() {
    ObjectNode json = StrictJson.object();
    json.put("version", 1);
    json.put("token", token);
    json.put("host", host);
    json.put("pid", pid);
    json.put("process-start", processStart.map(Instant::toString).orElse(null));
    json.put("acquired", acquired.toString());
    return StrictJson.text(json).getBytes(StandardCharsets.UTF_8);
  }

  static LockHolder fromJson(String file, byte[] bytes) throws DamagedException {
    StrictJson json =
        StrictJson.parse(file, bytes)
            .withKeys(Set.of("version", "token", "host", "pid", "process-start", "acquired"));
    if (json.count("version", Long.MAX_VALUE) != 1) {
      throw new DamagedException(file + " has another version than 1");
    }
    return new LockHolder(
        json.text("token"),
        json.text("host"),
        json.count("pid", Long.MAX_VALUE),
        json.isNull("process-start")
            ? Optional.empty()
            : Optional.of(json.instant("process-start")),
        json.instant("acquired"));
  }
}
