package io.unroll.driver.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A command in a process of its own, which tests wait for, interrupt and kill. */
public final class CommandProcess {
  /** A wait that takes longer has failed; a loaded machine needs some minutes for little work. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** Short processes would spend most of their time in the optimising compiler. */
  private static final List<String> QUICKLY =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final List<String> INHERITED = List.of("--add-opens", "-Djdk.", "-Duser.");

  /** Exit code of what kill -9 ends, as shells and Java have it. */
  public static final int KILLED = 128 + 9;

  private final Process process;
  private final Path log;

  private CommandProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a command.
   *
   * @param log receives its output and errors; appended to
   * @param environment variables beside the test's own; empty ones are removed
   */
  public static CommandProcess start(Path log, Map<String, String> environment, List<String> words)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    environment.forEach(
        (name, value) -> {
          builder.environment().remove(name);
          if (!value.isEmpty()) {
            builder.environment().put(name, value);
          }
        });
    return new CommandProcess(builder.start(), log);
  }

  /**
   * This JVM's command up to the name of a class, with the modules that it opens and its locale.
   */
  public static List<String> java(String... options) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> INHERITED.stream().anyMatch(argument::startsWith))
        .forEach(words::add);
    words.addAll(QUICKLY);
    words.addAll(List.of(options));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return words;
  }

  public long pid() {
    return process.pid();
  }

  public boolean running() {
    return process.isAlive();
  }

  /** What it has written so far. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its end; fails if that does not come. */
  public int await() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      fail("The process did not end within %s:%n%s".formatted(LIMIT, output()));
    }
    return process.exitValue();
  }

  /** Waits for its end, which must be of this exit code; returns the output. */
  public String await(int code) throws InterruptedException {
    assertEquals(code, await(), this::output);
    return output();
  }

  /** Waits while the process runs; fails if it ends before the condition holds. */
  public void until(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(LIMIT);
    while (!condition.getAsBoolean()) {
      assertTrue(running() && Instant.now().isBefore(end), this::output);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** Kill -9, and the end of the process. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    await(KILLED);
  }

  /** Sends a signal, such as TERM or STOP, to a process. */
  public static void signal(String name, long pid) throws IOException, InterruptedException {
    List<String> words = List.of("kill", "-" + name, Long.toString(pid));
    assertEquals(0, new ProcessBuilder(words).inheritIO().start().waitFor(), words::toString);
  }

  /** A process inherits what is ignored, as shells do for what they start in the background. */
  public static boolean ignored(int signal) throws IOException {
    return Files.readString(Path.of("/proc/self/status"))
        .lines()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
        .anyMatch(mask -> (mask >> (signal - 1) & 1) == 1);
  }
}
