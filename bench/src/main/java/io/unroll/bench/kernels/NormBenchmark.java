package io.unroll.bench.kernels;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Spans;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The sum of squares that clipping takes over all gradients. Run: {@code bench/kernels Norm}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class NormBenchmark {
  @Param public Candidate candidate;

  /** Parameters of char-512, about. */
  @Param("4300000")
  public String size;

  private Kernels kernels;
  private float[] values;
  private Spans all;

  @Setup
  public void prepare() {
    kernels = candidate.kernels();
    values = Size.filled(Size.parse(size).dimension(0));
    all = Spans.of(0, values.length);
  }

  @Benchmark
  public double sumOfSquares() {
    return kernels.sumOfSquares(values, all, 0, values.length);
  }
}
