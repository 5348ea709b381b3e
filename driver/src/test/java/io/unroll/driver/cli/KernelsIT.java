package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.CommandProcess;
import io.unroll.driver.process.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training in JVMs of their own, with and without the module of the vector kernels. */
class KernelsIT {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  /** As in deploy/unroll. */
  private static final String LOADER = "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED";

  @TempDir private static Path folder;

  @BeforeAll
  static void prepare() throws Exception {
    Files.writeString(
        folder.resolve("corpus.txt"), "green bottles hanging on the wall\n".repeat(200));
    Outcome prepared =
        run(
            List.of(),
            "prep",
            "--kind=text",
            "--tokenizer=char",
            "--input=" + folder.resolve("corpus.txt"),
            "--output=" + folder.resolve("dataset"));
    assertEquals(0, prepared.code, prepared.output);
  }

  @Test
  void withoutTheModuleOpenBlasMultipliesAndIsSaidOnce() throws Exception {
    Outcome first = train("first", List.of());
    assertEquals(0, first.code, first.output);
    assertEquals(2, first.output.split("products run on OpenBLAS", -1).length, first.output);
    assertEquals(2, first.output.split(MODULE, -1).length, first.output);
  }

  @Test
  void vectorAndPlainKernelsTrainToTheSameBytesWithoutAWarning() throws Exception {
    // Only the optimising compiler makes instructions of the vector kernels.
    Outcome vector =
        train("vector", List.of(LOADER, "-Dunroll.kernels=vector", "-XX:TieredStopAtLevel=4"));
    Outcome plain = train("plain", List.of("-Dunroll.kernels=plain"));
    assertEquals(0, vector.code, vector.output);
    assertEquals(0, plain.code, plain.output);
    assertFalse((vector.output + plain.output).contains(MODULE));
    assertFalse(vector.output.contains("incubator"), vector.output);
    assertArrayEquals(parameters("vector"), parameters("plain"));
  }

  @Test
  void plainKernelsServeWhereTheLibraryDoesNotLoad() throws Exception {
    Outcome outcome = train("elsewhere", List.of("-Dorg.bytedeco.javacpp.platform=linux-mips64el"));
    assertEquals(0, outcome.code, outcome.output);
    assertTrue(outcome.output.contains("OpenBLAS does not load"), outcome.output);
    assertTrue(outcome.output.contains("plain kernels are used"), outcome.output);
    assertEquals(2, outcome.output.split(MODULE, -1).length, outcome.output);
  }

  @Test
  void unknownOrUnusableKernelsAreRefused() throws Exception {
    Outcome unknown = run(List.of("-Dunroll.kernels=fast"), "benchmark", "--seconds=1");
    assertEquals(ExitCode.USAGE.code(), unknown.code, unknown.output);
    assertTrue(
        unknown.output.contains(
            "Invalid unroll.kernels: fast (expected vector, openblas or plain)"),
        unknown.output);
    Outcome unusable = run(List.of("-Dunroll.kernels=vector"), "benchmark", "--seconds=1");
    assertEquals(ExitCode.USAGE.code(), unusable.code, unusable.output);
    assertTrue(
        unusable.output.contains("Cannot use vector kernels: start the JVM with " + MODULE),
        unusable.output);
  }

  @Test
  void aProcessorWithoutFusedMultiplyAddIsRefused() throws Exception {
    for (List<String> options :
        List.of(
            List.of("-XX:-UseFMA", MODULE),
            List.of("-XX:-UseFMA"),
            List.of("-XX:-UseFMA", "-Dunroll.kernels=plain"))) {
      Outcome outcome = run(options, "benchmark", "--seconds=1");
      assertEquals(ExitCode.USAGE.code(), outcome.code, outcome.output);
      assertTrue(outcome.output.contains("no fused multiply-add instruction"), outcome.output);
    }
  }

  private static Outcome train(String name, List<String> options) throws Exception {
    return run(
        options,
        "train",
        "--master=local[2]",
        "--data=" + folder.resolve("dataset"),
        "--run=" + folder.resolve(name),
        "--model.hidden=32",
        "--model.embedding=16",
        "--training.batch=4",
        "--training.window=16",
        "--training.max-rounds=2",
        "--averaging.lanes=2",
        "--averaging.interval=3",
        "--sample.length=10");
  }

  private static Outcome run(List<String> options, String... arguments) throws Exception {
    List<String> words = CommandProcess.java(options.toArray(String[]::new));
    words.add(Unroll.class.getName());
    words.addAll(List.of(arguments));
    Path log = Files.createTempFile(folder, "output", ".log");
    CommandProcess process = CommandProcess.start(log, Map.of(), words);
    return new Outcome(process.await(), process.output());
  }

  private static byte[] parameters(String name) throws IOException {
    return new RunFolder(folder.resolve(name)).parameters();
  }

  private record Outcome(int code, String output) {}
}
