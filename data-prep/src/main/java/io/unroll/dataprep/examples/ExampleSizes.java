package io.unroll.dataprep.examples;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;

/**
 * How large the examples of a split are.
 *
 * @param examples their number
 * @param steps of all of them
 * @param targetWords of all of their target texts
 * @param numbers in all of their arrays, about
 */
record ExampleSizes(long examples, long steps, long targetWords, long numbers)
    implements Serializable {

  static ExampleSizes of(JavaRDD<RawExample> examples, int vectorSize) {
    return examples.map(example -> of(example, vectorSize)).reduce(ExampleSizes::plus);
  }

  private static ExampleSizes of(RawExample example, int vectorSize) {
    long steps = example.steps(vectorSize);
    long targetWords = example.targetWords().length;
    return new ExampleSizes(
        1, steps, targetWords, 1 + steps * Math.max(1, vectorSize) + targetWords);
  }

  private ExampleSizes plus(ExampleSizes other) {
    return new ExampleSizes(
        examples + other.examples,
        steps + other.steps,
        targetWords + other.targetWords,
        numbers + other.numbers);
  }
}
