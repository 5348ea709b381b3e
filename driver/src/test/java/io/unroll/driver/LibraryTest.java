package io.unroll.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What programs get that use the artifacts as libraries, as the build describes it. */
class LibraryTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String SHADE = "//plugin[artifactId='maven-shade-plugin']";

  @ParameterizedTest
  @ValueSource(strings = {"driver/pom.xml", "driver/dl4j/pom.xml", "driver/onnx/pom.xml"})
  void theInstalledPomListsTheDependencies(String pom) throws Exception {
    assertEquals(List.of("false"), texts(pom, SHADE + "//createDependencyReducedPom"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"driver", "driver/dl4j", "worker", "data-prep"})
  void noLibrarySaysHowToLog(String module) throws Exception {
    assertEquals(List.of(), texts(module + "/pom.xml", "/project/build/resources//directory"));
    Path resources = ROOT.resolve(module).resolve("src/main/resources");
    if (Files.exists(resources)) {
      try (Stream<Path> files = Files.walk(resources)) {
        assertEquals(
            List.of(),
            files.filter(file -> file.getFileName().toString().startsWith("log4j")).toList());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"driver/pom.xml", "driver/dl4j/pom.xml"})
  void theApplicationDoes(String pom) throws Exception {
    assertTrue(texts(pom, SHADE + "//transformer/resource").contains("log4j2.properties"));
  }

  @Test
  void theApplicationJarsCarryTheLicensesOfWhatIsInThem() throws Exception {
    String notice = Files.readString(ROOT.resolve("NOTICE"));
    for (String pom :
        List.of("driver/pom.xml", "driver/onnx/pom.xml", "worker/pom.xml", "data-prep/pom.xml")) {
      for (String bundled : bundled(pom)) {
        assertTrue(notice.contains(bundled), "NOTICE does not name " + bundled);
      }
    }
    assertCarriesLicenses("driver/pom.xml", notice);
    assertCarriesLicenses("driver/onnx/pom.xml", notice);
  }

  private static void assertCarriesLicenses(String pom, String notice) throws Exception {
    List<String> texts = texts(pom, SHADE + "//transformer/resource");
    assertTrue(texts.containsAll(List.of("META-INF/LICENSE", "META-INF/NOTICE")), texts::toString);
    try (Stream<Path> licenses = Files.list(ROOT.resolve("licenses"))) {
      for (Path license : licenses.sorted().toList()) {
        String name = "licenses/" + license.getFileName();
        assertTrue(notice.contains(name), "NOTICE does not name " + name);
        assertTrue(texts.contains("META-INF/" + name), "not in the application jar: " + name);
      }
    }
  }

  /** Dependencies of others that a module hands on: group and artifact. */
  private static List<String> bundled(String pom) throws Exception {
    String handedOn = "/project/dependencies/dependency[not(scope) and groupId!='io.unroll']/";
    List<String> groups = texts(pom, handedOn + "groupId");
    List<String> artifacts = texts(pom, handedOn + "artifactId");
    return IntStream.range(0, groups.size())
        .mapToObj(each -> groups.get(each) + ":" + artifacts.get(each))
        .distinct()
        .toList();
  }

  @Test
  void theBuildFailsIfAJarOfSparksWereOlderThanWhatAsksForIt() throws Exception {
    assertEquals(
        1,
        texts(
                "driver/pom.xml",
                "//plugin[artifactId='maven-enforcer-plugin']//rules/requireUpperBoundDeps")
            .size());
  }

  private static List<String> texts(String pom, String path) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(ROOT.resolve(pom).toFile());
    NodeList nodes =
        (NodeList)
            XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(node -> nodes.item(node).getTextContent().strip())
        .toList();
  }
}
