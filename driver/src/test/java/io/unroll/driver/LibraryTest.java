package io.unroll.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
  @ValueSource(strings = {"driver/pom.xml", "driver/dl4j/pom.xml"})
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
    assertEquals(List.of("log4j2.properties"), texts(pom, SHADE + "//transformer/resource"));
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
