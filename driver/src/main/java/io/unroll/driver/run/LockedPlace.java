package io.unroll.driver.run;

/** What a {@link RunLock} keeps for one process, in the words of its messages. */
public enum LockedPlace {
  /** The directory of a training run. */
  RUN("run directory", "run", ", or give another directory"),

  /** The registry of models. */
  REGISTRY("registry", "command", "");

  private final String place;
  private final String user;
  private final String otherwise;

  LockedPlace(String place, String user, String otherwise) {
    this.place = place;
    this.user = user;
    this.otherwise = otherwise;
  }

  /** Another process has it. */
  StorageException refused(Storage storage, String why) {
    return new StorageException(
        ("Cannot use the %s %s: %s. Wait for that %s to end or stop it%s; if it surely runs no more,"
                + " delete %s")
            .formatted(place, storage.uri(""), why, user, otherwise, storage.uri(RunLock.FILE)));
  }

  /** It was this process's, and is so no more. */
  String lost(Storage storage, String how) {
    return ("Cannot go on in %1$s: %2$s. This %3$s stops, so that two %3$ss do not mix;"
            + " start it again when no other %3$s uses the %4$s")
        .formatted(storage.uri(""), how, user, place.replace("run ", ""));
  }

  /** Another process is about to have it. */
  String starting() {
    return "another %s is starting in it".formatted(user);
  }

  String unknownUser() {
    return "an unknown " + user;
  }
}
