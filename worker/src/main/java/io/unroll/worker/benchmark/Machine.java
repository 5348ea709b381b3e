package io.unroll.worker.benchmark;

import io.unroll.worker.math.Processor;

/**
 * Where a measurement was taken.
 *
 * @param jvm name and version of the Java virtual machine
 * @param cpu name of the processor, or the architecture where the system does not tell
 * @param cores cores that this JVM may use
 */
public record Machine(String jvm, String cpu, int cores) {
  /** This machine. */
  public static Machine here() {
    return new Machine(
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        Processor.model(),
        Runtime.getRuntime().availableProcessors());
  }
}
