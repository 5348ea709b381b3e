package io.unroll.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has to be in an archive, and in the application jar in it, beside what runs. */
class ContentsReleaseIT {
  private static final Pattern BUNDLED = Pattern.compile("META-INF/maven/([^/]+)/([^/]+)/pom.xml");
  private static final Pattern LIBRARY = Pattern.compile(".*/(lib(?!jni)\\w+\\.so)[^/]*");
  private static final Pattern CODE = Pattern.compile("([^/]+/[^/]+)/.*\\.class");
  private static final Pattern COMPONENT =
      Pattern.compile("pkg:maven/[^/\"]+/([^\"?@]+)@([^\"?]+)");

  @TempDir private static Path folder;
  private static Path release;

  @BeforeAll
  static void unpack() throws Exception {
    Archives archives = new Archives(folder);
    archives.run("tar xzf unroll-%s.tar.gz".formatted(Archives.VERSION));
    release = archives.unpacked("unroll-" + Archives.VERSION);
  }

  private static JarFile jar() throws IOException {
    String name = "lib/unroll-driver-%s-app.jar".formatted(Archives.VERSION);
    return new JarFile(release.resolve(name).toFile());
  }

  private static String text(JarFile jar, String entry) throws IOException {
    byte[] content = jar.getInputStream(jar.getEntry(entry)).readAllBytes();
    return new String(content, StandardCharsets.UTF_8);
  }

  /** What a pattern finds in the names of a jar's entries. */
  private static List<MatchResult> found(JarFile jar, Pattern pattern) {
    return jar.stream()
        .map(JarEntry::getName)
        .flatMap(name -> pattern.matcher(name).results())
        .toList();
  }

  @Test
  void theNoticeOfTheJarNamesAllThatIsInIt() throws IOException {
    try (JarFile jar = jar()) {
      String notice = text(jar, "META-INF/NOTICE");
      assertEquals(Files.readString(release.resolve("NOTICE")), notice);
      for (MatchResult bundled : found(jar, BUNDLED)) {
        String name = bundled.group(1) + ":" + bundled.group(2);
        assertTrue(name.startsWith("io.unroll:") || notice.contains(name), name);
      }
      List<MatchResult> libraries = found(jar, LIBRARY);
      assertTrue(libraries.size() >= 7, libraries.toString());
      libraries.forEach(library -> assertTrue(notice.contains(library.group(1)), library.group()));
      Set<String> code = new TreeSet<>();
      found(jar, CODE).forEach(type -> code.add(type.group(1)));
      code.removeIf(name -> name.startsWith("picocli/") || name.startsWith("META-INF/"));
      assertEquals(Set.of("io/unroll", "org/bytedeco", "org/snakeyaml"), code);
    }
  }

  @Test
  void theJarHasTheTextsOfItsLicenses() throws IOException {
    try (JarFile jar = jar()) {
      assertEquals(Files.readString(release.resolve("LICENSE")), text(jar, "META-INF/LICENSE"));
      Set<String> named =
          Pattern.compile("licenses/[\\w.-]+\\.txt")
              .matcher(text(jar, "META-INF/NOTICE"))
              .results()
              .map(MatchResult::group)
              .collect(Collectors.toSet());
      assertEquals(6, named.size(), named.toString());
      for (String license : named) {
        assertEquals(
            Files.readString(release.resolve(license)), text(jar, "META-INF/" + license), license);
      }
    }
  }

  @Test
  void theBillsOfMaterialsNameTheComponents() throws IOException {
    Path target = Archives.ROOT.resolve("driver/target");
    String name = "unroll-" + Archives.VERSION;
    Set<String> bundled = components(release.resolve(name + "-bom.json"));
    Set<String> withSpark = components(target.resolve(name + "-with-spark-bom.json"));
    for (String part : List.of("picocli-", "openblas-", "javacpp-", "snakeyaml-engine-")) {
      assertTrue(bundled.stream().anyMatch(each -> each.startsWith(part)), bundled.toString());
    }
    assertFalse(bundled.stream().anyMatch(each -> each.startsWith("spark-")), bundled.toString());
    try (Stream<Path> jars = Files.list(target.resolve("spark/jars"))) {
      for (Path jar : jars.toList()) {
        String file = jar.getFileName().toString();
        assertTrue(withSpark.stream().anyMatch(file::startsWith), "not named: " + file);
      }
    }
  }

  /** The names of the jars that a bill names, without classifier and ending. */
  private static Set<String> components(Path bill) throws IOException {
    return COMPONENT
        .matcher(Files.readString(bill))
        .results()
        .map(component -> component.group(1) + "-" + component.group(2))
        .collect(Collectors.toSet());
  }
}
