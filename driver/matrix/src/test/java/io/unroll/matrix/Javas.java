package io.unroll.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a Java of a version: the one that runs this, JAVA_17_HOME and the like, or the system's.
 */
final class Javas {
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");

  private Javas() {}

  /** The folder that JAVA_HOME is to be. */
  static Optional<Path> home(int feature) {
    return candidates(feature)
        .filter(home -> Files.isExecutable(home.resolve("bin/javac")))
        .filter(home -> isOf(feature, home.resolve("release")))
        .findFirst();
  }

  private static Stream<Path> candidates(int feature) {
    List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    Optional.ofNullable(System.getenv("JAVA_" + feature + "_HOME"))
        .map(Path::of)
        .ifPresent(homes::add);
    if (Files.isDirectory(INSTALLED)) {
      try (Stream<Path> installed = Files.list(INSTALLED)) {
        installed.sorted().forEach(homes::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return homes.stream();
  }

  private static boolean isOf(int feature, Path release) {
    try {
      return Files.exists(release)
          && Files.readAllLines(release).stream()
              .anyMatch(line -> line.matches("JAVA_VERSION=\"" + feature + "\\b.*"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
