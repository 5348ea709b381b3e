package io.unroll.driver.storage;

import io.unroll.driver.cli.Unroll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Unroll's command line in a process of its own, with Spark's jars and a client's settings. */
final class Program implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Process process;
  private final Path log;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a command.
   *
   * @param folder receives what it prints
   * @param settings of Hadoop
   */
  static Program start(Path folder, Map<String, String> settings, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // They end soon: the time goes into starting, not into arithmetic.
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dunroll.kernels=plain");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add") || argument.startsWith("-Djdk"))
        .forEach(command::add);
    settings.forEach((key, value) -> command.add("-Dspark.hadoop.%s=%s".formatted(key, value)));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Unroll.class.getName());
    command.addAll(arguments);
    return start(folder, new ProcessBuilder(command));
  }

  /**
   * Starts any program.
   *
   * @param folder receives what it prints
   */
  static Program start(Path folder, ProcessBuilder builder) throws IOException {
    Path log = Files.createTempFile(folder, "program-", ".log");
    return new Program(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
  }

  long pid() {
    return process.pid();
  }

  boolean running() {
    return process.isAlive();
  }

  void signal(String name) {
    Processes.signal(process, name);
  }

  /** Waits for the end; what it printed is in the failure if the exit code is another one. */
  String await(int expected) throws InterruptedException {
    return awaitOneOf(expected);
  }

  /** As {@link #await}, for one of several exit codes. */
  String awaitOneOf(Integer... expected) throws InterruptedException {
    boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    List<Integer> codes = List.of(expected);
    if (!ended || !codes.contains(process.exitValue())) {
      String code = ended ? "exit code " + process.exitValue() : "no end within " + LIMIT;
      close();
      throw new AssertionError(code + " instead of " + codes + ":\n" + output());
    }
    return output();
  }

  /** What it printed so far, with its log. */
  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kill -9, unless it has ended. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
