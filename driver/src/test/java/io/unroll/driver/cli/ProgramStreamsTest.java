package io.unroll.driver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.unroll.driver.process.CommandProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What arrives of what was printed, also in processes of their own with real pipes. */
class ProgramStreamsTest {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir private Path folder;

  @Test
  void whatWasPrintedWithoutALineEndArrives() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ProgramStreams streams = new ProgramStreams(out, err, false);
    streams.out().print("Größe");
    streams.err().print("note");
    assertEquals(75, streams.finish(75));
    assertEquals("Größe", out.toString(UTF_8));
    assertEquals("note", err.toString(UTF_8));
  }

  @Test
  void resultsThatDoNotArriveAreAFailure() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ProgramStreams streams = new ProgramStreams(failing("No space left on device"), err, false);
    streams.out().print("1.5");
    assertEquals(1, streams.finish(0));
    assertEquals(
        "Cannot write standard output: No space left on device", err.toString(UTF_8).strip());
    assertEquals(4, streams.finish(4));
  }

  @Test
  void whoeverStopsReadingIsTakenToHaveEnough() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ProgramStreams streams = new ProgramStreams(failing("Relais brisé (pipe)"), err, true);
    assertFalse(streams.out().checkError());
    streams.out().println("1.5");
    assertTrue(streams.out().checkError());
    assertEquals(141, streams.finish(0));
    assertEquals("", err.toString(UTF_8));
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        throw new IOException(message);
      }
    };
  }

  @Test
  void theTraceOfAFaultOfOursGoesThroughAPipe() throws Exception {
    String output = run(FailingProgram.class, 1, "2>&1 | cat", "fail");
    assertTrue(output.contains("fault of Unroll itself"), output);
    assertTrue(output.contains("IllegalStateException: never"), output);
    assertTrue(output.contains("\tat io.unroll.driver.cli.FailingProgram"), output);
  }

  @Test
  void aFullDiskIsAFailureAndAConfigurationGoesThroughAPipe() throws Exception {
    assumeTrue(Files.exists(FULL), "there is no /dev/full");
    String[] print = {"train", "--data", "d", "--run", "r", "--print-config"};
    String output = run(Unroll.class, 0, "| cat", print);
    assertTrue(output.contains("data: \"d\""), output);
    assertTrue(output.endsWith("\n"), output);
    assertEquals(
        "Cannot write standard output: No space left on device",
        run(Unroll.class, 1, "> /dev/full", print).strip());
  }

  @Test
  void aTextOfAnyLengthEndsWhenNobodyReadsAnyMore() throws Exception {
    String model = SmallModel.write(folder, List.of("\n", "a", "\u001b"));
    String output =
        run(
            Unroll.class,
            141,
            "2>&1 | head -c 2000",
            "sample",
            "--model",
            model,
            "--length",
            Integer.toString(Integer.MAX_VALUE));
    // A pipe gets what the model wrote.
    assertTrue(output.contains("\u001b"), output);
    assertFalse(output.contains("Broken pipe"), output);
  }

  /** Runs a program by a shell, which leads its output somewhere; returns what is left of that. */
  private String run(Class<?> program, int code, String where, String... arguments)
      throws Exception {
    List<String> words = CommandProcess.java("-Dunroll.kernels=plain");
    words.add(program.getName());
    words.addAll(List.of(arguments));
    String line = words.stream().map(CommandText::quoted).collect(Collectors.joining(" "));
    Path log = Files.createTempFile(folder, "output", ".log");
    List<String> shell = List.of("bash", "-o", "pipefail", "-c", line + " " + where);
    return CommandProcess.start(log, Map.of(), shell).await(code);
  }
}
