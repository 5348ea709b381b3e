package io.unroll.matrix;

import io.unroll.driver.cluster.SparkCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Installations of the supported Sparks, of the jars that the modules beside this one gathered. */
enum Sparks {
  SPARK_3_5("3.5.9"),
  SPARK_4_0("4.0.4"),
  SPARK_4_2("4.2.0");

  private final String version;

  Sparks(String version) {
    this.version = version;
  }

  String version() {
    return version;
  }

  Path jars() {
    return Path.of(System.getProperty("sparks"), "spark-" + version, "jars").toAbsolutePath();
  }

  /** Where the jars are that read tables of Delta and Iceberg. */
  Path lakes() {
    return Path.of(System.getProperty("sparks"), "lakes-" + version).toAbsolutePath();
  }

  /** Makes what SPARK_HOME is to be, as deploy/cluster does. */
  Path home(Path folder) throws IOException {
    Path home = folder.resolve("spark-" + version);
    if (!Files.exists(home)) {
      Path bin = Files.createDirectories(home.resolve("bin"));
      Files.createDirectory(home.resolve("conf"));
      Files.createSymbolicLink(home.resolve("jars"), jars());
      for (String script : List.of("spark-class", "spark-submit")) {
        Files.createSymbolicLink(
            bin.resolve(script), SparkCluster.ROOT.resolve("deploy/spark-class"));
      }
    }
    return home;
  }
}
