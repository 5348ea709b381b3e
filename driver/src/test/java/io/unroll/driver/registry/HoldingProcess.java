package io.unroll.driver.registry;

import io.unroll.driver.run.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;

/** Another process that has a registry for itself, until it is told to promote a model and end. */
public final class HoldingProcess implements AutoCloseable {
  private static final String READY = "locked";

  private final Process process;

  private HoldingProcess(Process process) {
    this.process = process;
  }

  /** Starts the process and returns when it has the lock. */
  public static HoldingProcess start(Path registry, Path model) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-Xmx128m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    HoldingProcess.class.getName(),
                    registry.toString(),
                    model.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    HoldingProcess holding = new HoldingProcess(process);
    String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (!READY.equals(line)) {
      holding.close();
      throw new IOException("The other process said " + line);
    }
    return holding;
  }

  public long pid() {
    return process.pid();
  }

  /** Has it promote its model, and waits for its end. */
  public void promote() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IOException("The other process did not end well");
    }
  }

  /** Kill -9, if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /** Holds the lock until standard input ends, then promotes. */
  public static void main(String[] arguments) throws IOException {
    Configuration hadoop = new Configuration(false);
    try (RegistryWriter writer = RegistryWriter.open(arguments[0], hadoop, line -> {});
        Storage model = Storage.open(arguments[1], hadoop)) {
      System.out.println(READY);
      System.in.read();
      writer.promote(new Candidate(model, "", Optional.empty(), "0.0.0"), Optional.empty());
    }
  }
}
