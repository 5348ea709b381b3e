package io.unroll.driver.predict;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/** Brings what Spark's tasks find to the driver, in order. */
final class InOrder {
  private InOrder() {}

  /**
   * Hands over the elements; as many partitions are worked on side by side as there are cores, and
   * only theirs are in memory.
   *
   * @param goesOn receives each element and says whether to go on
   */
  static <T> void each(JavaRDD<T> elements, Predicate<T> goesOn) {
    int all = elements.getNumPartitions();
    int together = Math.max(1, elements.context().defaultParallelism());
    for (int first = 0; first < all; first += together) {
      int[] parts = IntStream.range(first, Math.min(all, first + together)).toArray();
      for (List<T> part : elements.collectPartitions(parts)) {
        for (T element : part) {
          if (!goesOn.test(element)) {
            return;
          }
        }
      }
    }
  }
}
