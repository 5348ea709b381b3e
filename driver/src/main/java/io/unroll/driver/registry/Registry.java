package io.unroll.driver.registry;

import io.unroll.dataprep.DataException;
import io.unroll.driver.run.DamagedException;
import io.unroll.driver.run.ModelDirectory;
import io.unroll.driver.run.Storage;
import io.unroll.driver.run.StorageException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * A registry as it is read. {@code docs/formats/registry.md} describes its files.
 *
 * <p>Methods throw {@link DataException} where a file is damaged, naming it, and {@link
 * StorageException} where the file system refuses.
 */
public final class Registry {
  /** Says which version is in service. */
  public static final String CHAMPION = "champion";

  /** Says which version was before it; written for people and scripts. */
  public static final String PREVIOUS = "previous";

  /** A folder for each version. */
  public static final String VERSIONS = "versions";

  /** In the folder of a version, the file that is written last. */
  public static final String VERSION = Version.FILE;

  private static final Pattern NUMBER = Pattern.compile("\\d{6,9}");
  private static final int LIMIT = 1 << 16;

  private final Storage storage;

  /**
   * The registry in a folder.
   *
   * @param storage of the folder; remains the caller's
   */
  public Registry(Storage storage) {
    this.storage = storage;
  }

  /** Whether a folder is a registry. */
  public static boolean isAt(Storage storage) {
    return storage.entry(CHAMPION).filter(Predicate.not(Storage.Entry::directory)).isPresent()
        || storage.list(VERSIONS).stream().anyMatch(Registry::isVersion);
  }

  /** Whether a path may be that of a version in a registry. */
  public static boolean isVersion(Path path) {
    return NUMBER.matcher(path.getName()).matches()
        && path.getParent() != null
        && path.getParent().getName().equals(VERSIONS);
  }

  private static boolean isVersion(Storage.Entry entry) {
    return entry.directory() && NUMBER.matcher(entry.name()).matches();
  }

  /**
   * The registry in a folder that has to be one.
   *
   * @param storage of the folder; remains the caller's
   * @throws DataException if it is none
   */
  public static Registry at(Storage storage) {
    if (!isAt(storage)) {
      throw new DataException(
          "Cannot use the registry %s: %s (the first `promote` makes one)"
              .formatted(
                  storage.uri(""),
                  storage.exists("")
                      ? "it has no %s and no versions".formatted(CHAMPION)
                      : "it does not exist"));
    }
    return new Registry(storage);
  }

  /** Full URI of the registry. */
  public String uri() {
    return storage.uri("");
  }

  /** Full URI of the model of a version. */
  public String uri(int number) {
    return storage.uri(folder(number));
  }

  /** Path of a version in the registry. */
  public static String folder(int number) {
    return String.format(Locale.ROOT, "%s/%06d", VERSIONS, number);
  }

  /** Which versions are named; empty before the first promotion. */
  public Optional<Champion> champion() {
    if (!storage.exists(CHAMPION)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Champion.fromJson(CHAMPION, storage.readReplaced(CHAMPION, LIMIT)));
    } catch (DamagedException damage) {
      throw new DataException(
          ("Cannot use the registry %s: %s (`registry rollback --to N` writes it anew, for a"
                  + " version that `registry list` has)")
              .formatted(uri(), damage.getMessage()),
          damage);
    }
  }

  /** The numbers of the folders of versions, whole or not, the oldest first. */
  public List<Integer> numbers() {
    return storage.list(VERSIONS).stream()
        .filter(Registry::isVersion)
        .map(entry -> Integer.valueOf(entry.name()))
        .sorted()
        .toList();
  }

  /** Whether the folder of a version counts. */
  public boolean isAccepted(int number) {
    return storage.exists(folder(number) + "/" + VERSION);
  }

  /**
   * What is written of a version.
   *
   * @throws DataException if there is no such version, or its file is damaged
   */
  public Version version(int number) {
    String file = folder(number) + "/" + VERSION;
    if (!storage.exists(file)) {
      throw new DataException(
          "Cannot use version %s of the registry %s: it has no %s (`registry list` has those that are whole)"
              .formatted(folder(number), uri(), VERSION));
    }
    try {
      Version version = Version.fromJson(file, storage.read(file, LIMIT));
      if (version.number() != number) {
        throw new DamagedException(
            String.format(
                Locale.ROOT, "%s has number: %d (expected %d)", file, version.number(), number));
      }
      return version;
    } catch (DamagedException damage) {
      throw new DataException(
          "Cannot use the registry %s: %s".formatted(uri(), damage.getMessage()), damage);
    }
  }

  /**
   * Confirms that a version is whole, by reading all of it.
   *
   * @return what is written of it
   * @throws DataException if not, naming the file
   */
  public Version wholeVersion(int number) {
    Version version = version(number);
    try {
      String found = ModelDirectory.sha256(storage, folder(number));
      if (!found.equals(version.sha256())) {
        throw new DataException(
            "Cannot use the model %s: it is not the one that was accepted (SHA-256 %.12s, expected %.12s)"
                .formatted(uri(number), found, version.sha256()));
      }
      return version;
    } catch (StorageException failure) {
      throw ofContent(failure);
    }
  }

  /** What there is of a version, as far as can be seen without reading its model. */
  public Listed listed(int number) {
    return listed(
        number,
        () -> {
          Version version = version(number);
          ModelDirectory.verifySizes(storage, folder(number));
          return version;
        });
  }

  /** What there is of a version, all of which is read. */
  public Listed verified(int number) {
    return listed(number, () -> wholeVersion(number));
  }

  private Listed listed(int number, Supplier<Version> reading) {
    if (!isAccepted(number)) {
      return new Listed.Unfinished(number);
    }
    try {
      return new Listed.Whole(reading.get());
    } catch (DataException damage) {
      return new Listed.Damaged(number, damage.getMessage());
    } catch (StorageException failure) {
      if (failure.isOfContent()) {
        return new Listed.Damaged(number, failure.getMessage());
      }
      throw failure;
    }
  }

  private static RuntimeException ofContent(StorageException failure) {
    return failure.isOfContent() ? new DataException(failure.getMessage(), failure) : failure;
  }
}
