package io.unroll.driver.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** An installation of Spark as {@code deploy/cluster} makes them, with Spark's client of YARN. */
final class SparkHome {
  private static final Path PROJECT = Path.of(System.getProperty("project")).normalize();

  /** Not a temporary folder: JUnit warns of each link out of one. */
  static final Path FOLDER = PROJECT.resolve("driver/storage-tests/target/spark");

  private SparkHome() {}

  static Path launcher() {
    return PROJECT.resolve("deploy/unroll");
  }

  /**
   * Makes one, in place of the one that is there.
   *
   * @param defaults lines for its spark-defaults.conf, after the project's own
   */
  static Path make(List<String> defaults) throws IOException {
    removeFormer();
    Path jars = Files.createDirectories(FOLDER.resolve("jars"));
    try (Stream<Path> embedded = Files.list(PROJECT.resolve("driver/target/spark/jars"))) {
      for (Path jar : embedded.toList()) {
        link(jars, jar);
      }
    }
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      if (entry.contains("/spark-yarn_")) {
        link(jars, Path.of(entry));
      }
    }
    Path programs = Files.createDirectories(FOLDER.resolve("bin"));
    for (String name : List.of("spark-class", "spark-submit")) {
      Files.createSymbolicLink(
          programs.resolve(name), PROJECT.resolve("deploy/spark-class").toAbsolutePath());
    }
    Path conf = Files.createDirectories(FOLDER.resolve("conf"));
    Files.copy(PROJECT.resolve("conf/log4j2.properties"), conf.resolve("log4j2.properties"));
    Files.write(
        conf.resolve("spark-defaults.conf"),
        Stream.concat(
                Files.readAllLines(PROJECT.resolve("conf/spark-defaults.conf")).stream(),
                defaults.stream())
            .toList());
    return FOLDER;
  }

  private static void removeFormer() throws IOException {
    if (Files.exists(FOLDER)) {
      try (Stream<Path> former = Files.walk(FOLDER)) { // which follows no link
        for (Path file : former.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void link(Path folder, Path jar) throws IOException {
    Files.createSymbolicLink(folder.resolve(jar.getFileName()), jar.toAbsolutePath());
  }
}
