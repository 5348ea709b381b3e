package io.unroll.worker.math;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The processor of this machine, as the system and the JVM tell of it. */
public final class Processor {
  private static final Path INFORMATION = Path.of("/proc/cpuinfo");

  private Processor() {}

  /** Its name, or the architecture where the system does not tell. */
  public static String model() {
    return model(INFORMATION);
  }

  /** The first "model name : X" of such a file. */
  static String model(Path information) {
    try (Stream<String> lines = Files.lines(information)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElseGet(Processor::architecture);
    } catch (IOException e) {
      return architecture();
    }
  }

  /** As {@code os.arch} has it. */
  static String architecture() {
    return System.getProperty("os.arch");
  }

  /**
   * Whether {@link Math#fma} is one instruction. Where the processor has none, or the JVM is told
   * not to use it, each is computed with decimals of any length: some thousand times as slowly.
   */
  static boolean multipliesAndAddsAtOnce() {
    HotSpotDiagnosticMXBean hotSpot =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (hotSpot == null) {
      return true; // another JVM, which does not tell
    }
    try {
      return Boolean.parseBoolean(hotSpot.getVMOption("UseFMA").getValue());
    } catch (IllegalArgumentException unknown) {
      return true;
    }
  }
}
