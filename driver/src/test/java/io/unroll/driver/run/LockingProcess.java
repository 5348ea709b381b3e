package io.unroll.driver.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;

/** Another process that holds the lock of a run directory until it is killed. */
final class LockingProcess implements AutoCloseable {
  private static final String READY = "locked";

  private final Process process;

  private LockingProcess(Process process) {
    this.process = process;
  }

  /** Starts the process and returns when it has the lock. */
  static LockingProcess start(Path directory) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-Xmx128m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LockingProcess.class.getName(),
                    directory.toUri().toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    LockingProcess locking = new LockingProcess(process);
    String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (!READY.equals(line)) {
      locking.close();
      throw new IOException("The other process said " + line);
    }
    return locking;
  }

  long pid() {
    return process.pid();
  }

  /** Kill -9, and the end of the process. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Cannot kill process " + process.pid());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Holds the lock until standard input ends, as it does when the test's process does. */
  public static void main(String[] arguments) throws IOException {
    try (Storage storage = Storage.open(arguments[0], new Configuration(false));
        RunLock lock = RunLock.acquire(storage)) {
      lock.check();
      System.out.println(READY);
      System.in.read();
    }
  }
}
