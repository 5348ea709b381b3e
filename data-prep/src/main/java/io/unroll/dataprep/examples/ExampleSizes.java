package io.unroll.dataprep.examples;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * How large the examples of a split are.
 *
 * @param examples their number
 * @param steps of all of them
 * @param numbers in all of their arrays, about
 */
record ExampleSizes(long examples, long steps, long numbers) implements Serializable {

  static ExampleSizes of(JavaRDD<RawExample> examples, int vectorSize) {
    Tuple2<Long, Long> sum =
        examples
            .map(example -> new Tuple2<>(1L, (long) example.steps(vectorSize)))
            .reduce((a, b) -> new Tuple2<>(a._1() + b._1(), a._2() + b._2()));
    long numbers = sum._1() + sum._2() * Math.max(1, vectorSize);
    return new ExampleSizes(sum._1(), sum._2(), numbers);
  }
}
