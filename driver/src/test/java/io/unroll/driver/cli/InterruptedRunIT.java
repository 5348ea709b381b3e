package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes of their own, interrupted and killed, continued by the same command. */
class InterruptedRunIT {
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
    undisturbed = folder("undisturbed").parameters();
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
    CommandProcess process = start(train("killed"));
    process.until(() -> folder("killed").rounds() >= 3);
    process.kill();
    run(0, train("killed"));
    assertArrayEquals(undisturbed, folder("killed").parameters());
  }

  @ParameterizedTest
  @CsvSource({"INT,2", "TERM,15"})
  void interruptedItEndsAfterTheRoundSaysHowToGoOnAndGoesOnToTheSameBytes(String signal, int number)
      throws Exception {
    assumeFalse(ignored(number), "whoever started the tests had SIG" + signal + " ignored");
    String name = "interrupted-" + signal;
    CommandProcess process = start(train(name));
    process.until(() -> folder(name).rounds() >= 2);
    CommandProcess.signal(signal, process.pid());
    String output = process.await(ExitCode.INTERRUPTED.code());
    assertTrue(output.contains("To go on, type:"), output);
    run(0, train(name));
    assertArrayEquals(undisturbed, folder(name).parameters());
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
    CommandProcess process = start(train("shared"));
    process.until(() -> folder("shared").rounds() >= 1);
    String refused = run(ExitCode.FAILURE.code(), train("shared"));
    assertTrue(refused.contains("in use by process " + process.pid()), refused);
    process.kill();
  }

  private static String run(int expected, String... arguments) throws Exception {
    return start(arguments).await(expected);
  }

  private static CommandProcess start(String... arguments) throws IOException {
    List<String> words = CommandProcess.java("--add-modules=jdk.incubator.vector");
    words.add(Unroll.class.getName());
    words.addAll(List.of(arguments));
    Path log = Files.createTempFile(folder, "output", ".log");
    return CommandProcess.start(log, Map.of(), words);
  }

  private static RunFolder folder(String name) {
    return new RunFolder(folder.resolve(name));
  }
}
