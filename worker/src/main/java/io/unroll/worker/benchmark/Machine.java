package io.unroll.worker.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where a measurement was taken.
 *
 * @param jvm name and version of the Java virtual machine
 * @param cpu name of the processor, or the architecture where the system does not tell
 * @param cores cores that this JVM may use
 */
public record Machine(String jvm, String cpu, int cores) {
  private static final Path CPU_INFORMATION = Path.of("/proc/cpuinfo");

  /** This machine. */
  public static Machine here() {
    return new Machine(
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        cpuName(CPU_INFORMATION),
        Runtime.getRuntime().availableProcessors());
  }

  /** The first "model name : X" of such a file. */
  static String cpuName(Path information) {
    try (Stream<String> lines = Files.lines(information)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElseGet(Machine::architecture);
    } catch (IOException e) {
      return architecture();
    }
  }

  private static String architecture() {
    return System.getProperty("os.arch");
  }
}
