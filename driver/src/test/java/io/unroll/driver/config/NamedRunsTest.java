package io.unroll.driver.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.unroll.dataprep.dataset.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What the heads of the configurations in conf/ say of the corpora that no clone has. */
class NamedRunsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern ADDRESS = Pattern.compile("# (.* )?https://\\S+");
  private static final Pattern FILE =
      Pattern.compile("#   (data/\\S+)\n#     ([0-9,]+) bytes, SHA-256 ([0-9a-f]{64})");
  private static final Pattern INPUT = Pattern.compile("--\\S+ (data/\\S+)");

  /** Size and SHA-256 of a file. */
  private record Content(long bytes, String sha256) {}

  private static List<Path> runs() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("conf"))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") && !file.endsWith("quickstart.yaml"))
          .toList();
    }
  }

  private static Map<String, Content> files(String head) {
    Map<String, Content> files = new LinkedHashMap<>();
    FILE.matcher(head)
        .results()
        .forEach(
            file -> {
              long bytes = Long.parseLong(file.group(2).replace(",", ""));
              files.put(file.group(1), new Content(bytes, file.group(3)));
            });
    return files;
  }

  @Test
  void eachSaysWhereItsTextIsPublishedAndWhereToPutIt() throws IOException {
    assertTrue(runs().size() >= 5, runs().toString());
    for (Path run : runs()) {
      String head = Files.readString(run).split("\ndata: ", 2)[0];
      if (head.contains("deploy/unroll prep generate ")) {
        continue; // which makes its data
      }
      assertTrue(ADDRESS.matcher(head).find(), run + " names no address");
      Set<String> inputs =
          INPUT.matcher(head).results().map(m -> m.group(1)).collect(Collectors.toSet());
      assertEquals(new TreeSet<>(inputs), new TreeSet<>(files(head).keySet()), run.toString());
      assertTrue(!inputs.isEmpty(), run.toString());
    }
  }

  @Test
  void theSumsAreThoseOfTheFiles() throws IOException {
    Path shared = ROOT.toRealPath().resolveSibling("shared");
    assumeTrue(Files.exists(shared), "needs ../shared/data, which is absent");
    for (Path run : runs()) {
      for (Map.Entry<String, Content> file : files(Files.readString(run)).entrySet()) {
        assertEquals(file.getValue(), content(shared.resolve(file.getKey())), file.getKey());
      }
    }
  }

  /** Large files lie there packed. */
  private static Content content(Path file) throws IOException {
    boolean plain = Files.exists(file);
    try (InputStream in =
        plain
            ? Files.newInputStream(file)
            : new GZIPInputStream(Files.newInputStream(Path.of(file + ".gz")))) {
      Sha256 sum = new Sha256().add(in);
      return new Content(sum.bytes(), sum.digits());
    }
  }
}
