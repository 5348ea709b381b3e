/**
 * The same networks and the same data under Deeplearning4j's own trainers, for comparison: {@link
 * io.unroll.bench.dl4j.Dl4jBenchmark}.
 */
package io.unroll.bench.dl4j;
