package io.unroll.worker.math;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Main tiles that were measured before on this machine: a file for each processor, JVM and version
 * of the tiles, in a folder of the user's. A file that cannot be read, or is for something else,
 * counts as absent; a folder that cannot be written stays without.
 */
final class TileCache {
  private static final Logger LOG = LoggerFactory.getLogger(TileCache.class);

  /** Of the code of the tiles: to be raised when a change of it may change which is the fastest. */
  private static final int REVISION = 1;

  private static final String TILE = "tile";

  /** A file of ours has some 200 bytes. */
  private static final long LARGEST = 4096;

  private final Path file;
  private final Map<String, String> key;

  /**
   * A cache.
   *
   * @param folder made when there is something to keep
   * @param vectorBits of the vectors in use
   */
  TileCache(Path folder, int vectorBits) {
    this.key =
        new TreeMap<>(
            Map.of(
                "processor", Processor.model(),
                "jvm",
                    System.getProperty("java.vm.name")
                        + " "
                        + System.getProperty("java.runtime.version"),
                "vector-bits", Integer.toString(vectorBits),
                "revision", Integer.toString(REVISION)));
    this.file = folder.resolve("tile-" + hash(key.toString()) + ".properties");
  }

  /**
   * That of the user: in {@code XDG_CACHE_HOME}, else in {@code .cache} of the home folder. Where
   * there is neither, it is a folder that nobody can make.
   */
  static TileCache ofUser(int vectorBits) {
    Map<String, String> environment = System.getenv();
    String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path folder =
        caches.startsWith("/")
            ? Path.of(caches)
            : Path.of(environment.getOrDefault("HOME", "/dev/null")).resolve(".cache");
    return new TileCache(folder.resolve("unroll"), vectorBits);
  }

  /** What was kept, if it is one of the candidates. */
  Optional<TileShape> read(List<TileShape> candidates) {
    Properties kept = new Properties();
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
        return Optional.empty();
      }
      try (Reader reader = Files.newBufferedReader(file)) {
        kept.load(reader);
      }
    } catch (IOException | IllegalArgumentException e) { // the second: a malformed escape
      LOG.debug("Cannot read {}: the tiles are measured again", file, e);
      return Optional.empty();
    }
    boolean same =
        key.entrySet().stream()
            .allMatch(entry -> entry.getValue().equals(kept.getProperty(entry.getKey())));
    return same
        ? candidates.stream()
            .filter(shape -> shape.toString().equals(kept.getProperty(TILE)))
            .findFirst()
        : Optional.empty();
  }

  /** Keeps a choice, at once or not at all, since other processes may be reading. */
  void write(TileShape shape) {
    Properties kept = new Properties();
    kept.putAll(key);
    kept.setProperty(TILE, shape.toString());
    try {
      Files.createDirectories(file.getParent());
      Path written = Files.createTempFile(file.getParent(), "tile-", ".new");
      try (Writer writer = Files.newBufferedWriter(written)) {
        kept.store(writer, "The fastest tile of the vector kernels here. May be deleted.");
      }
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("Cannot keep the choice of tiles in {}", file, e);
    }
  }

  Path file() {
    return file;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
