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

  /**
   * What a graph reads.
   *
   * @param numbers float[], int[] or long[], row-major; not copied
   */
  record Value(Object numbers, long... shape) {}
}
