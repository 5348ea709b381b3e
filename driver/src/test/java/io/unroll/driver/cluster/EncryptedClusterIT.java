package io.unroll.driver.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.CommandProcess;
import io.unroll.driver.process.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Spark's own authentication and encryption, with a secret in the cluster's defaults. */
@ExtendWith(Trainings.Resolver.class)
class EncryptedClusterIT {
  private static final String SECRET = "correct-horse-battery-staple";
  private static final int FAILURE = 1;

  private final Trainings trainings;

  EncryptedClusterIT(Trainings trainings) {
    this.trainings = trainings;
  }

  @Test
  void trainsWithAuthenticationAndEncryptionAndKeepsTheSecret() throws Exception {
    Path properties =
        Files.writeString(
            trainings.folder().resolve("secret.conf"),
            """
            spark.authenticate            true
            spark.authenticate.secret     %s
            spark.network.crypto.enabled  true
            spark.io.encryption.enabled   true
            """
                .formatted(SECRET));
    Path folder = trainings.folder().resolve("encrypted");
    try (SparkCluster cluster =
        SparkCluster.start(folder, 2, 1, "--properties", properties.toString())) {
      RunFolder run = trainings.run("encrypted-run");
      CommandProcess train = trainings.train(cluster, run, Map.of());
      train.until(() -> run.rounds() >= 1);
      assertFalse(commandLines().contains(SECRET));
      String output = train.await(0);
      assertFalse(output.contains(SECRET), output);
      assertNowhere(run.path());
      assertArrayEquals(trainings.undisturbed(), run.parameters());

      RunFolder stranger = trainings.run("stranger");
      String refused =
          trainings
              .train(cluster, stranger, Map.of("spark.authenticate.secret", "guessed"))
              .await(FAILURE);
      assertTrue(refused.contains("All masters are unresponsive"), refused);
      // Spark gives up while it starts, or a moment later.
      assertTrue(
          refused.contains("the master did not take this application")
              || refused.contains("Cannot go on: Spark gave up"),
          refused);
      assertEquals(0, stranger.rounds());
    }
  }

  private static String commandLines() throws IOException, InterruptedException {
    Process ps = new ProcessBuilder("ps", "-ww", "-e", "-o", "args=").start();
    String lines = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    ps.waitFor();
    assertTrue(lines.contains("CoarseGrainedExecutorBackend"), lines);
    return lines;
  }

  private static void assertNowhere(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(content.contains(SECRET), file.toString());
      }
    }
  }
}
