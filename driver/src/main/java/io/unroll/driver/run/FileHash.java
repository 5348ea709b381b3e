package io.unroll.driver.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a file must be to be whole.
 *
 * @param size bytes
 * @param sha256 of them, 64 hexadecimal digits in lower case
 */
record FileHash(long size, String sha256) implements Serializable {
  static final int DIGITS = 64;
  private static final int BUFFER = 1 << 16;

  /** The hash of bytes. */
  static FileHash of(byte[] bytes) {
    return new FileHash(bytes.length, HexFormat.of().formatHex(newDigest().digest(bytes)));
  }

  /** The hash of what is in a file. */
  static FileHash of(Storage storage, String path) {
    return storage.read(path, (in, length) -> new FileHash(length, digest(in)));
  }

  /** Writes a file and tells what was meant to be in it. */
  static FileHash writing(Storage storage, String path, Storage.Content content) {
    Hashing[] hashing = new Hashing[1];
    storage.write(
        path,
        out -> {
          hashing[0] = new Hashing(out);
          content.writeTo(hashing[0]);
        });
    return new FileHash(hashing[0].size, HexFormat.of().formatHex(hashing[0].digest.digest()));
  }

  /**
   * Reads a file and compares.
   *
   * @throws DamagedException if it is missing, shorter, longer or different
   */
  void verify(Storage storage, String path) throws DamagedException {
    verifySize(storage, path);
    String found = storage.read(path, (in, length) -> digest(in));
    if (!found.equals(sha256)) {
      throw new DamagedException(path + " is damaged: its SHA-256 is not the one written down");
    }
  }

  /**
   * Asks for the size of a file and compares, without reading it.
   *
   * @throws DamagedException if it is missing, shorter or longer
   */
  void verifySize(Storage storage, String path) throws DamagedException {
    Storage.Entry entry =
        storage.entry(path).orElseThrow(() -> new DamagedException(path + " is missing"));
    if (entry.directory()) {
      throw new DamagedException(path + " is a directory");
    }
    if (entry.length() != size) {
      throw new DamagedException(
          String.format(Locale.ROOT, "%s has %d bytes instead of %d", path, entry.length(), size));
    }
  }

  /** {@code {"version": 1, "files": {name: {"size": .., "sha256": ..}}}}. */
  static byte[] toJson(int version, Map<String, FileHash> files) {
    ObjectNode json = StrictJson.object();
    json.put("version", version);
    put(json.putObject("files"), files);
    return StrictJson.text(json).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param names of exactly the files that must be in it, in the order of the result
   */
  static Map<String, FileHash> fromJson(String file, byte[] bytes, int version, List<String> names)
      throws DamagedException {
    StrictJson json = StrictJson.parse(file, bytes);
    long found = json.count("version", Long.MAX_VALUE);
    if (found != version) {
      throw new DamagedException(
          String.format(Locale.ROOT, "%s has version %d (expected %d)", file, found, version));
    }
    return from(json.withKeys(Set.of("version", "files")).object("files"), names);
  }

  /** Adds hashes to an object, by file name. */
  static void put(ObjectNode json, Map<String, FileHash> files) {
    files.forEach((name, hash) -> hash.put(json.putObject(name)));
  }

  /** Adds this hash to an object. */
  void put(ObjectNode json) {
    json.put("size", size).put("sha256", sha256);
  }

  /** Takes one hash from an object. */
  static FileHash from(StrictJson json) throws DamagedException {
    return new FileHash(json.count("size", Long.MAX_VALUE), json.text("sha256"));
  }

  /** Takes the hashes of exactly the named files from an object. */
  static Map<String, FileHash> from(StrictJson json, List<String> names) throws DamagedException {
    json.withKeys(Set.copyOf(names));
    Map<String, FileHash> files = new LinkedHashMap<>();
    for (String name : names) {
      files.put(name, from(json.object(name).withKeys(Set.of("size", "sha256"))));
    }
    return files;
  }

  private static String digest(InputStream in) throws IOException {
    MessageDigest digest = newDigest();
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      digest.update(buffer, 0, count);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }

  /** Hashes what passes through. */
  private static final class Hashing extends FilterOutputStream {
    private final MessageDigest digest = newDigest();
    private long size;

    Hashing(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
      digest.update(bytes, from, count);
      size += count;
    }
  }
}
