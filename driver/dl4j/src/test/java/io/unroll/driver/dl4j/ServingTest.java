package io.unroll.driver.dl4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.dl4j.gru.Gru;
import io.unroll.driver.model.ForeignFormat;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exported models are served by a program without Unroll; GRU models with that layer alone. */
class ServingTest {
  private static final int[] TOKENS = {3, 1, 4, 1, 5};

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"RNN", "LSTM", "GRU_RESET_AFTER"})
  void needsNothingOfUnrollButTheGruLayer(Cell cell) throws Exception {
    LanguageArchitecture architecture = new LanguageArchitecture(cell, 7, 4, 5, 2, 0, false);
    float[] parameters = Probabilities.parameters(NetworkMapping.of(architecture).modelSize(), 6);
    write(new ForeignFormat.Content(architecture, parameters));
    copy(ServingProgram.class);
    if (cell == Cell.GRU_RESET_AFTER) {
      copyFolder(Gru.class);
    }
    List<String> lines = served();
    int[][] tokens =
        Arrays.stream(TOKENS).mapToObj(token -> new int[] {token}).toArray(int[][]::new);
    double[][] expected = Probabilities.ofModel(architecture, parameters, tokens);
    assertEquals(TOKENS.length, lines.size(), lines.toString());
    for (int t = 0; t < TOKENS.length; t++) {
      double[] said =
          Arrays.stream(lines.get(t).split(" ")).skip(1).mapToDouble(Double::parseDouble).toArray();
      assertArrayEquals(expected[t], said, 1e-5, "step " + t);
    }
  }

  @Test
  void saysWhichLayerIsMissing() throws Exception {
    LanguageArchitecture architecture = new LanguageArchitecture(Cell.GRU, 7, 4, 5, 1, 0, false);
    write(
        new ForeignFormat.Content(
            architecture, new float[NetworkMapping.of(architecture).modelSize()]));
    copy(ServingProgram.class);
    String output = String.join("\n", run());
    assertTrue(output.contains("io.unroll.driver.dl4j.gru.Gru"), output);
  }

  private void write(ForeignFormat.Content content) throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve("model.zip"))) {
      new Dl4jFormat().write(content, out);
    }
  }

  private List<String> served() throws Exception {
    List<String> lines = run();
    List<String> next = lines.stream().filter(line -> line.startsWith("next ")).toList();
    assertTrue(next.size() == TOKENS.length, String.join("\n", lines));
    return next;
  }

  private List<String> run() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp", classPath()));
    command.add(ServingProgram.class.getName());
    command.add(folder.resolve("model.zip").toString());
    Arrays.stream(TOKENS).forEach(token -> command.add(String.valueOf(token)));
    Path output = folder.resolve("output");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.redirectOutput(output.toFile()).start();
    try {
      assertTrue(process.waitFor(300, TimeUnit.SECONDS), "no end after 300 seconds");
      return Files.readAllLines(output, UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }

  /** The class path of this test without folders of classes and jars of Unroll. */
  private String classPath() {
    List<String> parts = new ArrayList<>(List.of(folder.resolve("classes").toString()));
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(part);
      if (!Files.isDirectory(path) && !path.getFileName().toString().startsWith("unroll-")) {
        parts.add(part);
      }
    }
    return String.join(File.pathSeparator, parts);
  }

  private void copy(Class<?> type) throws IOException, URISyntaxException {
    copy(root(type), file(type));
  }

  private void copyFolder(Class<?> type) throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(root(type).resolve(file(type)).getParent())) {
      for (Path file : files.toList()) {
        copy(root(type), root(type).relativize(file));
      }
    }
  }

  private void copy(Path root, Path file) throws IOException {
    Path target = folder.resolve("classes").resolve(file.toString());
    Files.createDirectories(target.getParent());
    Files.copy(root.resolve(file), target);
  }

  private static Path file(Class<?> type) {
    return Path.of(type.getName().replace('.', '/') + ".class");
  }

  private static Path root(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
