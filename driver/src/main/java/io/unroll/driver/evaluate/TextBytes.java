package io.unroll.driver.evaluate;

import java.util.OptionalLong;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** How long a text is that was cut into tokens, in bytes of UTF-8. */
final class TextBytes {
  private static final long UNKNOWN = -1;

  private TextBytes() {}

  /**
   * Counts them, of all tokens but the first of each sequence.
   *
   * @param bytes of each token; negative where it is not known
   * @return nothing if it is not known of one that occurs
   */
  static OptionalLong of(JavaSparkContext context, JavaRDD<int[]> sequences, int[] bytes) {
    Broadcast<int[]> lengths = context.broadcast(bytes);
    try {
      long sum =
          sequences
              .map(sequence -> sum(sequence, lengths.value()))
              .fold(0L, (a, b) -> a < 0 || b < 0 ? UNKNOWN : a + b);
      return sum < 0 ? OptionalLong.empty() : OptionalLong.of(sum);
    } finally {
      lengths.unpersist(true);
    }
  }

  private static long sum(int[] sequence, int[] bytes) {
    long sum = 0;
    for (int x = 1; x < sequence.length; x++) {
      if (bytes[sequence[x]] < 0) {
        return UNKNOWN;
      }
      sum += bytes[sequence[x]];
    }
    return sum;
  }
}
