package io.unroll.driver.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.process.CommandProcess;
import io.unroll.driver.process.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    Path progress = folder.resolve("progress.log");
    String result =
        start(List.of("sh", "-c", "exec \"$@\" 2> '" + progress + "'", "sh"), train("undisturbed"))
            .await(0);
    undisturbed = folder("undisturbed").parameters();
    assertOnlyTheResultIsOnStandardOutput(result, Files.readString(progress));
  }

  private static void assertOnlyTheResultIsOnStandardOutput(String result, String progress) {
    Path run = folder.resolve("undisturbed");
    assertTrue(
        result.matches(
            "Best validation loss: .* round \\d+\nModel: \\Q%s/best\\E\nReport: \\Q%s/report.html\\E\nOutcome: \\{.*\\}\n"
                .formatted(run, run)),
        result);
    assertTrue(progress.matches("(?s).*\\d\\d:\\d\\d:\\d\\d round +1/.*"), progress);
  }

  private static String[] train(String name) {
    return train(name, 3);
  }

  private static String[] train(String name, int epochs) {
    return new String[] {
      "train",
      "--master=local[2]",
      "--data=" + folder.resolve("dataset"),
      "--run=" + folder.resolve(name),
      "--model.hidden=48",
      "--model.embedding=16",
      "--training.batch=4",
      "--training.window=32",
      "--training.epochs=" + epochs,
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
    String[] quietly =
        Stream.of(train("killed"), new String[] {"--quiet"})
            .flatMap(Stream::of)
            .toArray(String[]::new);
    String output = run(0, quietly);
    assertTrue(output.contains("Model: ") && !output.contains("tokens/s"), output);
    assertArrayEquals(undisturbed, folder("killed").parameters());
  }

  @Test
  void interruptedItEndsAfterTheRoundSaysHowToGoOnAndGoesOnToTheSameBytes() throws Exception {
    for (Interruption each : Interruption.values()) {
      if (CommandProcess.ignored(each.number)) { // by whoever started the tests
        continue;
      }
      int done = folder("interrupted").rounds();
      CommandProcess process = start(train("interrupted"));
      process.until(() -> folder("interrupted").rounds() >= done + 2);
      CommandProcess.signal(each.name(), process.pid());
      String output = process.await(ExitCode.INTERRUPTED.code());
      assertTrue(output.contains("To go on, type:"), output);
    }
    int done = folder("interrupted").rounds();
    CommandProcess unhurried =
        start(List.of("sh", "-c", "trap '' HUP; exec \"$@\"", "sh"), train("interrupted"));
    unhurried.until(() -> folder("interrupted").rounds() > done);
    CommandProcess.signal(Interruption.HUP.name(), unhurried.pid());
    unhurried.await(ExitCode.DONE.code());
    assertArrayEquals(undisturbed, folder("interrupted").parameters());
  }

  /** Signals that ask a run to stop, with their numbers. */
  private enum Interruption {
    INT(2),
    TERM(15),
    HUP(1);

    private final int number;

    Interruption(int number) {
      this.number = number;
    }
  }

  @Test
  void aRunDirectoryInUseIsRefusedAndInterruptedTwiceItEndsWithoutATrace() throws Exception {
    CommandProcess process = start(train("shared", 100));
    process.until(() -> folder("shared").rounds() >= 1);
    String refused = run(ExitCode.FAILURE.code(), train("shared", 100));
    assertTrue(refused.contains("in use by process " + process.pid()), refused);
    CommandProcess.signal("TERM", process.pid());
    process.until(() -> process.output().contains("Interrupted: stopping after"));
    CommandProcess.signal("TERM", process.pid());
    String output = process.await(ExitCode.INTERRUPTED.code());
    assertFalse(output.contains("Exception"), output);
    assertFalse(output.contains("Spark gave up"), output);
  }

  @Test
  void endedInTheMiddleOfAJobItSaysNothingOfTheWorkThatSparkRefuses() throws Exception {
    List<String> words = new ArrayList<>(CommandProcess.java());
    words.add(RefusedWorkProgram.class.getName());
    Path log = Files.createTempFile(folder, "refused", ".log");
    String output = CommandProcess.start(log, Map.of(), words).await(ExitCode.INTERRUPTED.code());
    assertFalse(output.contains("RejectedExecutionException"), output);
  }

  private static String run(int expected, String... arguments) throws Exception {
    return start(arguments).await(expected);
  }

  private static CommandProcess start(String... arguments) throws IOException {
    return start(List.of(), arguments);
  }

  private static CommandProcess start(List<String> launcher, String... arguments)
      throws IOException {
    List<String> words = new ArrayList<>(launcher);
    words.addAll(CommandProcess.java("-Dunroll.kernels=plain"));
    words.add(Unroll.class.getName());
    words.addAll(List.of(arguments));
    Path log = Files.createTempFile(folder, "output", ".log");
    return CommandProcess.start(log, Map.of(), words);
  }

  private static RunFolder folder(String name) {
    return new RunFolder(folder.resolve(name));
  }
}
