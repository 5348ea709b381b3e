package io.unroll.driver.run;

import io.unroll.worker.format.ModelFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model on disk: {@value ModelFiles#PARAMETERS}, {@value #VOCABULARY}, {@value #CHECKSUMS} and,
 * written last, {@value ModelFiles#DESCRIPTION}. To replace a model, its description is deleted
 * first: what is there by half is never taken for a model.
 */
public final class ModelDirectory {
  /** The vocabulary, as in the dataset. */
  public static final String VOCABULARY = "vocabulary.json";

  /** Size and SHA-256 of the other three. */
  public static final String CHECKSUMS = "checksums.json";

  private static final int VERSION = 1;
  private static final int LIMIT = 1 << 16;
  private static final List<String> FILES =
      List.of(ModelFiles.PARAMETERS, VOCABULARY, ModelFiles.DESCRIPTION);

  /** With the checksums, where there are any, in the order of writing. */
  private static final List<String> ALL_FILES =
      List.of(ModelFiles.PARAMETERS, VOCABULARY, CHECKSUMS, ModelFiles.DESCRIPTION);

  private ModelDirectory() {}

  /**
   * Writes a model in place of the one that may be there.
   *
   * @param directory path below the storage's base
   * @throws StorageException if it cannot be written; there is no model then
   */
  public static void write(
      Storage storage,
      String directory,
      Storage.Content parameters,
      Storage.Content vocabulary,
      Storage.Content description) {
    storage.delete(directory + "/" + ModelFiles.DESCRIPTION);
    storage.delete(directory + "/" + CHECKSUMS);
    byte[] last = bytes(description);
    Map<String, FileHash> hashes = new LinkedHashMap<>();
    hashes.put(
        ModelFiles.PARAMETERS,
        FileHash.writing(storage, directory + "/" + ModelFiles.PARAMETERS, parameters));
    hashes.put(VOCABULARY, FileHash.writing(storage, directory + "/" + VOCABULARY, vocabulary));
    hashes.put(ModelFiles.DESCRIPTION, FileHash.of(last));
    storage.write(directory + "/" + CHECKSUMS, FileHash.toJson(VERSION, hashes));
    storage.write(directory + "/" + ModelFiles.DESCRIPTION, last);
  }

  /**
   * Copies a model to a directory where there is none.
   *
   * @param from path below the storage's base, as is the other
   */
  static void copy(Storage storage, String from, String to) {
    for (String name : ALL_FILES) {
      if (storage.exists(from + "/" + name)) {
        storage.copy(from + "/" + name, to + "/" + name);
      }
    }
  }

  /**
   * Confirms that a model is whole, before it is read. One without {@value #CHECKSUMS}, which other
   * programs may have written, is taken as it is.
   *
   * @param directory path below the storage's base; empty for the base itself
   * @throws StorageException if a file is missing or is not what was written, naming it
   */
  public static void verify(Storage storage, String directory) {
    String prefix = directory.isEmpty() ? "" : directory + "/";
    String uri = storage.uri(directory);
    if (!storage.exists(directory)) {
      throw new StorageException("Cannot use the model %s: it does not exist".formatted(uri));
    }
    for (String name : FILES) {
      if (!storage.exists(prefix + name)) {
        throw new StorageException(
            "Cannot use the model %s: it has no %s (%s is written last: a run may be writing it now, or was killed while it did)"
                .formatted(uri, name, ModelFiles.DESCRIPTION));
      }
    }
    if (!storage.exists(prefix + CHECKSUMS)) {
      return;
    }
    try {
      byte[] json = storage.read(prefix + CHECKSUMS, LIMIT);
      Map<String, FileHash> hashes = FileHash.fromJson(prefix + CHECKSUMS, json, VERSION, FILES);
      for (Map.Entry<String, FileHash> file : hashes.entrySet()) {
        file.getValue().verify(storage, prefix + file.getKey());
      }
    } catch (DamagedException damage) {
      throw new StorageException(
          "Cannot use the model %s: %s (if a run is writing it now, try again)"
              .formatted(uri, damage.getMessage()));
    }
  }

  private static byte[] bytes(Storage.Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      content.writeTo(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
