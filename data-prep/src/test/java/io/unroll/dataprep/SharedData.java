package io.unroll.dataprep;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Data sets that lie beside the project, in {@code ../shared/data}, where they are there. */
public final class SharedData {
  private SharedData() {}

  /** The path of a file; the test that asks for it is skipped where it is absent. */
  public static String file(String name) {
    Path folder = projectRoot().resolveSibling("shared").resolve("data");
    Path file = folder.resolve(name);
    assumeTrue(Files.exists(file), "needs ../shared/data/" + name + ", which is absent");
    return file.toString();
  }

  /** The outermost folder of this checkout with a pom. */
  private static Path projectRoot() {
    Path root = Path.of("").toAbsolutePath();
    while (root.getParent() != null && Files.exists(root.resolveSibling("pom.xml"))) {
      root = root.getParent();
    }
    return root;
  }
}
