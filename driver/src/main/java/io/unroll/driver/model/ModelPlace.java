package io.unroll.driver.model;

import io.unroll.dataprep.DataException;
import io.unroll.driver.registry.Champion;
import io.unroll.driver.registry.Registry;
import io.unroll.driver.run.RunDirectory;
import io.unroll.driver.run.Storage;
import io.unroll.driver.run.StorageException;
import io.unroll.worker.format.ModelFiles;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Where the model is that a user named: the directory itself, the best model of a run, or a version
 * in a registry. It is decided once: a champion that changes later is not followed.
 *
 * @param storage of the place that was named, or of the registry around it
 * @param directory of the model, below the storage's base; empty for the base itself
 * @param remedy what a damaged model's message ends with; may be empty
 */
public record ModelPlace(Storage storage, String directory, String remedy)
    implements AutoCloseable {

  /**
   * Finds the model.
   *
   * @param uri a model directory, a run directory, a registry, or {@value Registry#CHAMPION},
   *     {@value Registry#PREVIOUS} or a version in one
   * @throws DataException if there is no model, saying what is there
   * @throws StorageException if the file system does not let it be looked for
   */
  public static ModelPlace find(String uri, Configuration hadoop) {
    Storage storage = Storage.open(uri, hadoop);
    try {
      Optional<ModelPlace> found = in(storage);
      if (found.isPresent()) {
        requireFinished(storage, hadoop);
        return found.get();
      }
      Optional<ModelPlace> named = named(storage, hadoop);
      if (named.isEmpty()) {
        throw MistakenModel.at(storage, hadoop);
      }
      storage.close();
      return named.get();
    } catch (RuntimeException failure) {
      closeAfter(failure, storage);
      throw failure;
    }
  }

  private static Optional<ModelPlace> in(Storage storage) {
    if (storage.entry("").filter(Storage.Entry::directory).isEmpty()) {
      return Optional.empty();
    }
    if (isModel(storage, "")) {
      return Optional.of(new ModelPlace(storage, "", ""));
    }
    if (isModel(storage, RunDirectory.BEST + "/")) {
      return Optional.of(new ModelPlace(storage, RunDirectory.BEST, ""));
    }
    return Registry.isAt(storage)
        ? Optional.of(ofAlias(storage, Registry.CHAMPION))
        : Optional.empty();
  }

  /** Or a part of one: parameters without the description, which is written last. */
  static boolean isModel(Storage storage, String prefix) {
    boolean directory = storage.entry(prefix).filter(Storage.Entry::directory).isPresent();
    return directory
        && (storage.exists(prefix + ModelFiles.DESCRIPTION)
            || (storage.exists(prefix + ModelFiles.PARAMETERS)
                && !storage.exists(prefix + RunDirectory.CHECKPOINT)));
  }

  /** A version of a registry counts only once it has been accepted. */
  private static void requireFinished(Storage storage, Configuration hadoop) {
    Path path = new Path(storage.uri(""));
    if (!Registry.isVersion(path) || storage.exists(Registry.VERSION)) {
      return;
    }
    try (Storage around = Storage.open(path.getParent().getParent().toString(), hadoop)) {
      if (around.exists(Registry.CHAMPION)) {
        throw new DataException(
            "Cannot use the model %s: it has no %s (a promotion is writing it now, or was killed while it did)"
                .formatted(path, Registry.VERSION));
      }
    }
  }

  /** Whether a name can be that of an alias in a registry. */
  static boolean isAlias(String name) {
    return name.equals(Registry.CHAMPION) || name.equals(Registry.PREVIOUS);
  }

  /** The model that a name in a registry stands for. */
  private static Optional<ModelPlace> named(Storage storage, Configuration hadoop) {
    Path path = new Path(storage.uri(""));
    String name = path.getName();
    if (!isAlias(name)) {
      return Optional.empty();
    }
    Storage around = Storage.open(path.getParent().toString(), hadoop);
    try {
      if (Registry.isAt(around)) {
        return Optional.of(ofAlias(around, name));
      }
    } catch (RuntimeException failure) {
      closeAfter(failure, around);
      throw failure;
    }
    around.close();
    return Optional.empty();
  }

  private static ModelPlace ofAlias(Storage storage, String alias) {
    Registry registry = new Registry(storage);
    Champion champion =
        registry
            .champion()
            .orElseThrow(
                () ->
                    new DataException(
                        "Cannot use the registry %s: it has no champion (`promote` makes one; `registry list` has its versions)"
                            .formatted(registry.uri())));
    int number =
        alias.equals(Registry.CHAMPION)
            ? champion.number()
            : champion
                .previous()
                .orElseThrow(
                    () ->
                        new DataException(
                            "Cannot use the registry %s: there was no champion before %s"
                                .formatted(registry.uri(), Registry.folder(champion.number()))));
    registry.version(number);
    return new ModelPlace(
        storage,
        Registry.folder(number),
        " (it is the %s; `registry rollback --registry %s` puts another version in its place)"
            .formatted(alias, registry.uri()));
  }

  /** Full URI of the model's directory. */
  public String uri() {
    return storage.uri(directory);
  }

  @Override
  public void close() {
    storage.close();
  }

  private static void closeAfter(RuntimeException failure, Storage storage) {
    try {
      storage.close();
    } catch (StorageException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }
}
