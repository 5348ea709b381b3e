/** JMH benchmarks of the worker's kernels, fast beside plain: {@code bench/kernels}. */
package io.unroll.bench.kernels;
