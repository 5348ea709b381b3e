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
   * Copies a model from one file system to another, in place of the one that may be there.
   *
   * @throws StorageException if it cannot be read, or cannot be written; there is no model then
   */
  public static void copy(Storage source, String from, Storage target, String to) {
    write(
        target,
        to,
        new CopiedFile(source, in(from, ModelFiles.PARAMETERS)),
        new CopiedFile(source, in(from, VOCABULARY)),
        new CopiedFile(source, in(from, ModelFiles.DESCRIPTION)));
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
    requireFiles(storage, directory);
    if (storage.exists(in(directory, CHECKSUMS))) {
      verifiedHashes(storage, directory);
    }
  }

  /**
   * What is the same for equal models only: the SHA-256 of {@value #CHECKSUMS} as {@link #write}
   * writes it. Every file is read, and compared where there are checksums.
   *
   * @param directory path below the storage's base; empty for the base itself
   * @throws StorageException if a file is missing or is not what was written, naming it
   */
  public static String sha256(Storage storage, String directory) {
    requireFiles(storage, directory);
    Map<String, FileHash> hashes =
        storage.exists(in(directory, CHECKSUMS))
            ? verifiedHashes(storage, directory)
            : computedHashes(storage, directory);
    return FileHash.of(FileHash.toJson(VERSION, hashes)).sha256();
  }

  /**
   * Confirms that the files of a model are there and have the sizes that were written down, without
   * reading them.
   *
   * @throws StorageException if not, naming the file
   */
  public static void verifySizes(Storage storage, String directory) {
    requireFiles(storage, directory);
    hashes(storage, directory, FileHash::verifySize);
  }

  private static void requireFiles(Storage storage, String directory) {
    String uri = storage.uri(directory);
    if (!storage.exists(directory)) {
      throw new StorageException("Cannot use the model %s: it does not exist".formatted(uri));
    }
    for (String name : FILES) {
      if (!storage.exists(in(directory, name))) {
        throw new StorageException(
            "Cannot use the model %s: it has no %s (%s is written last: a run may be writing it now, or was killed while it did)"
                .formatted(uri, name, ModelFiles.DESCRIPTION));
      }
    }
  }

  private static Map<String, FileHash> verifiedHashes(Storage storage, String directory) {
    return hashes(storage, directory, FileHash::verify);
  }

  private static Map<String, FileHash> computedHashes(Storage storage, String directory) {
    Map<String, FileHash> hashes = new LinkedHashMap<>();
    FILES.forEach(name -> hashes.put(name, FileHash.of(storage, in(directory, name))));
    return hashes;
  }

  /** Compares a file with what was written down. */
  @FunctionalInterface
  private interface Check {
    void run(FileHash hash, Storage storage, String path) throws DamagedException;
  }

  private static Map<String, FileHash> hashes(Storage storage, String directory, Check check) {
    String checksums = in(directory, CHECKSUMS);
    try {
      Map<String, FileHash> hashes =
          FileHash.fromJson(checksums, storage.read(checksums, LIMIT), VERSION, FILES);
      for (Map.Entry<String, FileHash> file : hashes.entrySet()) {
        check.run(file.getValue(), storage, in(directory, file.getKey()));
      }
      return hashes;
    } catch (DamagedException damage) {
      throw new StorageException(
          "Cannot use the model %s: %s (if a run is writing it now, try again)"
              .formatted(storage.uri(directory), damage.getMessage()));
    }
  }

  private static String in(String directory, String name) {
    return directory.isEmpty() ? name : directory + "/" + name;
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
