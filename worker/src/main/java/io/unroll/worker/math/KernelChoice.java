package io.unroll.worker.math;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the fastest kernels that this JVM can run; says once when it has to settle for less. The
 * system property {@value #PROPERTY} chooses instead: {@code vector}, {@code openblas} or {@code
 * plain}.
 */
public final class KernelChoice {
  /** System property that forces one implementation in this JVM. */
  public static final String PROPERTY = "unroll.kernels";

  private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
  private static final String FLAG = "--add-modules=jdk.incubator.vector";
  private static final String REMEDY =
      "start the JVM with "
          + FLAG
          + " (spark.driver.extraJavaOptions and spark.executor.extraJavaOptions,"
          + " see conf/spark-defaults.conf)";

  private static final String SLOW =
      "Cannot compute here: the processor has no fused multiply-add instruction, or the JVM is told"
          + " not to use it, and without it every step takes a thousand times as long (expected a"
          + " processor of x86 from 2013 on, or of arm64, and no -XX:-UseFMA and no -XX:UseAVX=0"
          + " among the options of the JVM)";

  private static Function<Supplier<TileShape>, Kernels> chosen;

  private KernelChoice() {}

  /**
   * New kernels for one thread: vector kernels where the module is on, else OpenBLAS where its
   * library loads, else the plain ones. All calls of one JVM give the same kind.
   *
   * @throws UnusableKernelsException if {@value #PROPERTY} is none of its three values, or names
   *     kernels that this JVM cannot run, or if {@link Math#fma} is no instruction here
   */
  public static Kernels fastest() {
    return chosen().apply(() -> TileChoice.here().fastest());
  }

  /**
   * As {@link #fastest}, for so little work that it is not worth a measurement: vector kernels have
   * the tile that was measured before, or else the likely best. The bits are the same.
   */
  public static Kernels forLittleWork() {
    return chosen().apply(() -> TileChoice.here().likely());
  }

  private static synchronized Function<Supplier<TileShape>, Kernels> chosen() {
    if (chosen == null) {
      requireFusedMultiplyAdd(Processor.multipliesAndAddsAtOnce());
      String forced = System.getProperty(PROPERTY);
      chosen = forced == null ? fastestHere() : constructor(forced);
    }
    return chosen;
  }

  /**
   * New kernels of one kind, whatever the property says: for comparisons.
   *
   * @param name {@code vector}, {@code openblas} or {@code plain}
   * @throws UnusableKernelsException if the name is none of these, or this JVM cannot run them
   */
  public static Kernels named(String name) {
    return constructor(name).apply(() -> TileChoice.here().fastest());
  }

  /**
   * Refuses JVMs that compute one model with different arithmetic: its bits would depend on which
   * of them computed which part.
   *
   * @param arithmetics of the JVMs' kernels
   * @throws UnusableKernelsException if there are several
   */
  public static void requireOne(Set<String> arithmetics) {
    if (arithmetics.size() > 1) {
      throw new UnusableKernelsException(
          "Cannot train with different kernels on different executors (%s), since results would depend on which computes what: for all of them, %s"
              .formatted(String.join(", ", new TreeSet<>(arithmetics)), REMEDY));
    }
  }

  /** All kernels use it, those of OpenBLAS for everything but products. */
  static void requireFusedMultiplyAdd(boolean available) {
    if (!available) {
      throw new UnusableKernelsException(SLOW);
    }
  }

  private static Function<Supplier<TileShape>, Kernels> constructor(String name) {
    return switch (name) {
      case "vector" -> {
        if (!VectorModule.isOn()) {
          throw new UnusableKernelsException("Cannot use vector kernels: " + REMEDY);
        }
        yield tile -> new VectorKernels(tile.get());
      }
      case "openblas" -> {
        LinkageError obstacle = openBlasObstacle();
        if (obstacle != null) {
          throw new UnusableKernelsException(
              "Cannot use OpenBLAS kernels: the library does not load: " + obstacle, obstacle);
        }
        yield tile -> new OpenBlasKernels();
      }
      case "plain" -> tile -> new PlainKernels();
      default ->
          throw new UnusableKernelsException(
              "Invalid %s: %s (expected vector, openblas or plain)".formatted(PROPERTY, name));
    };
  }

  private static Function<Supplier<TileShape>, Kernels> fastestHere() {
    if (VectorModule.isOn()) {
      return tile -> new VectorKernels(tile.get());
    }
    LinkageError obstacle = openBlasObstacle();
    if (obstacle == null) {
      LOG.warn(
          "Vector kernels are off: products run on OpenBLAS, more slowly, and results differ in the"
              + " last bits from those of other machines. To get the same bits everywhere, {}",
          REMEDY);
      return tile -> new OpenBlasKernels();
    }
    LOG.warn(
        "Vector kernels are off and OpenBLAS does not load ({}): plain kernels are used. Results"
            + " are those of the vector kernels, but training is many times slower. To speed it up,"
            + " {}",
        obstacle.toString(),
        REMEDY);
    return tile -> new PlainKernels();
  }

  /** Why OpenBLAS cannot be used: its classes or its native library are missing. Null if it can. */
  private static LinkageError openBlasObstacle() {
    try {
      new OpenBlasKernels();
      return null;
    } catch (LinkageError e) {
      return e;
    }
  }
}
