package io.unroll.worker.math;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the fastest kernels that this JVM can run; says once when it has to settle for less. */
public final class KernelChoice {
  private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
  private static final boolean VECTORS = vectorsAvailable();

  private KernelChoice() {}

  /** New kernels for one thread: vector kernels where the module is on, else the plain ones. */
  public static Kernels fastest() {
    return VECTORS ? new VectorKernels(TileChoice.fastest()) : new PlainKernels();
  }

  private static boolean vectorsAvailable() {
    boolean available = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    if (!available) {
      LOG.warn(
          "Vector kernels are off and training will be several times slower: start the JVM with"
              + " --add-modules=jdk.incubator.vector (spark.driver.extraJavaOptions and"
              + " spark.executor.extraJavaOptions, see conf/spark-defaults.conf)");
    }
    return available;
  }
}
