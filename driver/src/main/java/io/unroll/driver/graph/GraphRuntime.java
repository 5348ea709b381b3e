package io.unroll.driver.graph;

import java.util.Map;

/**
 * Computes graphs in ONNX. Found by {@link java.util.ServiceLoader}, so that a jar may carry an
 * implementation with all that it needs, or not.
 */
public interface GraphRuntime {
  /** Its name and version. */
  String version();

  /**
   * Opens a graph.
   *
   * @param file its content
   * @throws io.unroll.dataprep.DataException if it cannot be computed
   */
  Opened open(byte[] file);

  /** A graph that can be computed. Belongs to one thread. */
  interface Opened extends AutoCloseable {
    /** The outputs for some inputs, both by name; outputs are of type float. */
    Map<String, float[]> run(Map<String, Value> inputs);

    @Override
    void close();
  }

  /** What a graph reads: numbers, row-major; not copied. */
  sealed interface Value {
    long[] shape();
  }

  /** Numbers of type float32. */
  record Floats(float[] numbers, long... shape) implements Value {}

  /** Numbers of type int32. */
  record Ints(int[] numbers, long... shape) implements Value {}

  /** Numbers of type int64. */
  record Longs(long[] numbers, long... shape) implements Value {}
}
