package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes of their own, interrupted and killed, continued by the same command. */
class InterruptedRunIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private static Path folder;
  private static byte[] undisturbed;

  @BeforeAll
  static void trainUndisturbed() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < 400; line++) {
      text.append(line).append(" green bottles hanging on the wall\n");
    }
    Files.writeString(folder.resolve("corpus.txt"), text);
    run(
        0,
        "prep",
        "--kind=text",
        "--tokenizer=char",
        "--input=" + folder.resolve("corpus.txt"),
        "--output=" + folder.resolve("dataset"));
    run(0, train("undisturbed"));
    undisturbed = parameters("undisturbed");
  }

  private static String[] train(String name) {
    return new String[] {
      "train",
      "--master=local[2]",
      "--data=" + folder.resolve("dataset"),
      "--run=" + folder.resolve(name),
      "--model.hidden=48",
      "--model.embedding=16",
      "--training.batch=4",
      "--training.window=32",
      "--training.epochs=3",
      "--averaging.lanes=3",
      "--averaging.interval=4",
      "--checkpoint.every=0s",
      "--sample.length=10"
    };
  }

  @Test
  void killedInTheMiddleOfARoundItGoesOnToTheSameBytes() throws Exception {
    Process process = start("killed", train("killed"));
    awaitRounds("killed", 3);
    process.destroyForcibly();
    assertEquals(128 + 9, await(process));
    run(0, train("killed"));
    assertArrayEquals(undisturbed, parameters("killed"));
  }

  @ParameterizedTest
  @CsvSource({"INT,2", "TERM,15"})
  void interruptedItEndsAfterTheRoundSaysHowToGoOnAndGoesOnToTheSameBytes(String signal, int number)
      throws Exception {
    assumeFalse(ignored(number), "whoever started the tests had SIG" + signal + " ignored");
    String name = "interrupted-" + signal;
    Process process = start(name, train(name));
    awaitRounds(name, 2);
    String pid = Long.toString(process.pid());
    assertEquals(0, new ProcessBuilder("kill", "-" + signal, pid).start().waitFor());
    assertEquals(ExitCode.INTERRUPTED.code(), await(process), () -> output(name));
    assertTrue(output(name).contains("To go on, type:"), output(name));
    run(0, train(name));
    assertArrayEquals(undisturbed, parameters(name));
  }

  /** A process inherits what is ignored, as shells do for what they start in the background. */
  private static boolean ignored(int signal) throws IOException {
    return Files.readString(Path.of("/proc/self/status"))
        .lines()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
        .anyMatch(mask -> (mask >> (signal - 1) & 1) == 1);
  }

  @Test
  void aRunDirectoryInUseIsRefused() throws Exception {
    Process process = start("shared", train("shared"));
    awaitRounds("shared", 1);
    String refused = run(ExitCode.FAILURE.code(), train("shared"));
    assertTrue(refused.contains("in use by process " + process.pid()), refused);
    process.destroyForcibly();
    await(process);
  }

  private static String run(int expected, String... arguments) throws Exception {
    String name = "run-" + System.nanoTime();
    assertEquals(expected, await(start(name, arguments)), () -> output(name));
    return output(name);
  }

  private static Process start(String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add") || argument.startsWith("-Djdk"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Unroll.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name + ".log").toFile())
        .start();
  }

  private static int await(Process process) throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      fail("The process did not end within " + LIMIT);
    }
    return process.exitValue();
  }

  private static void awaitRounds(String name, int rounds) throws Exception {
    Path metrics = folder.resolve(name).resolve("metrics.jsonl");
    Instant end = Instant.now().plus(LIMIT);
    while (!Files.exists(metrics) || Files.readString(metrics).lines().count() < rounds) {
      assertTrue(Instant.now().isBefore(end), () -> output(name));
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static String output(String name) {
    try {
      return Files.readString(folder.resolve(name + ".log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static byte[] parameters(String name) throws IOException {
    try (var checkpoints = Files.list(folder.resolve(name).resolve("checkpoints"))) {
      Path newest = checkpoints.sorted().reduce((a, b) -> b).orElseThrow();
      return Files.readAllBytes(newest.resolve("model.safetensors"));
    }
  }
}
