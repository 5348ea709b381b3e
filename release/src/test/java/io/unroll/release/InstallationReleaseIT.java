package io.unroll.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A stranger types what the README says, in an empty home, with Java and without Maven. */
@TestMethodOrder(OrderAnnotation.class)
class InstallationReleaseIT {
  private static final String WITH_SPARK = "unroll-" + Archives.VERSION + "-with-spark";
  private static final String WITHOUT_SPARK = "unroll-" + Archives.VERSION;

  @TempDir private static Path folder;
  private static Archives archives;
  private static List<String> documented;

  @BeforeAll
  static void prepareAHome() throws IOException {
    archives = new Archives(folder);
    documented = Archives.documented();
    assertEquals(2, documented.size(), documented.toString());
  }

  private static void assertModel(String run) {
    Path model = archives.unpacked(run).resolve("best/model.safetensors");
    assertTrue(Files.exists(model), model.toString());
  }

  @Test
  @Order(1)
  void theQuickstartTrainsWithTheSparkOfTheRelease() throws Exception {
    // On a short text, which takes seconds.
    String typed = documented.get(0).replace("deploy/quickstart\n", "deploy/quickstart LICENSE\n");
    String output = archives.run(typed);
    assertTrue(output.contains("== Done. What next?"), output);
    assertFalse(output.contains("== Building"), output);
    assertFalse(output.contains("WARNING"), output);
    assertModel(WITH_SPARK + "/runs/quickstart/run");
    String last = output.substring(output.indexOf("== Done"));
    assertTrue(last.contains("\nThe "), last);
    assertFalse(Files.exists(archives.home().resolve(".m2")), "something called Maven");
  }

  @Test
  @Order(2)
  void withoutSparkItIsSubmittedToACluster() throws Exception {
    String cluster = WITH_SPARK + "/deploy/cluster";
    Path place = archives.unpacked("cluster 1");
    archives.run("'%s' start --folder '%s' --workers 2".formatted(cluster, place));
    try {
      String spark = "SPARK_HOME='" + place + "/spark'";
      String typed =
          documented
              .get(1)
              .replace("SPARK_HOME=/opt/spark", spark)
              .replace("max-rounds 20", "max-rounds 3");
      String output = archives.run(typed);
      assertTrue(output.contains("Best validation loss: "), output);
      assertModel(WITHOUT_SPARK + "/runs/first");
      try (Stream<Path> applications = Files.list(place.resolve("work"))) {
        assertTrue(applications.count() >= 2, "the workers had nothing to do");
      }
    } finally {
      archives.run("'%s' stop --folder '%s'".formatted(cluster, place));
    }
  }

  @Test
  @Order(3)
  void helpAndVersionNeedNoSpark() throws Exception {
    String output =
        archives.run(
            "ln -s \"$PWD/%s/bin/unroll\" unroll\n./unroll --version\n./unroll --help"
                .formatted(WITHOUT_SPARK));
    assertTrue(output.startsWith("Unroll " + Archives.VERSION + "\n"), output);
    assertTrue(output.contains("no Spark on the class path"), output);
    assertTrue(output.contains("\n  sample "), output);
  }

  @Test
  @Order(4)
  void bashCompletesCommandsAndOptions() throws Exception {
    String output =
        archives.run(
            """
            . %s/completion/unroll
            complete -p unroll
            COMP_WORDS=(unroll ev); COMP_CWORD=1
            _complete_unroll
            echo "command: ${COMPREPLY[*]}"
            COMP_WORDS=(unroll sample --temp); COMP_CWORD=2
            _complete_unroll 2> /dev/null || true
            echo "option: ${COMPREPLY[*]}"
            """
                .formatted(WITHOUT_SPARK));
    assertTrue(output.contains("_complete_unroll"), output);
    assertTrue(output.contains("command: evaluate\n"), output);
    assertTrue(output.contains("option: --temperature\n"), output);
  }
}
