package io.unroll.bench.kernels;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Targets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Softmax with cross-entropy and its gradient. Logits are overwritten, so they are restored before
 * each call, outside the time. Run: {@code bench/kernels Softmax}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class SoftmaxBenchmark {
  @Param public Candidate candidate;

  /** rows×V. */
  @Param({"2500x65", "40x10000", "8x50000"})
  public String size;

  private Kernels kernels;
  private int rows;
  private int vocabulary;
  private float[] source;
  private float[] logits;
  private Targets targets;

  @Setup
  public void prepare() {
    Size parsed = Size.parse(size);
    kernels = candidate.kernels();
    rows = parsed.dimension(0);
    vocabulary = parsed.dimension(1);
    source = Size.filled(rows * vocabulary);
    logits = source.clone();
    int[] tokens = new int[rows];
    Arrays.setAll(tokens, row -> row % vocabulary);
    float[] weights = new float[rows];
    Arrays.fill(weights, 1f);
    targets = new Targets(tokens, weights, new double[rows], 0);
  }

  @Setup(Level.Invocation)
  public void restore() {
    System.arraycopy(source, 0, logits, 0, source.length);
  }

  @Benchmark
  public double[] softmaxCrossEntropy() {
    kernels.softmaxCrossEntropy(0, rows, vocabulary, logits, targets, 1f / rows);
    return targets.losses();
  }
}
