package io.unroll.bench.kernels;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
import io.unroll.worker.math.PackedMatrix;
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

/**
 * Products C (m×n) += A (m×k) · B (k×n) of a training step, B packed beforehand. Run: {@code
 * bench/kernels Product}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class ProductBenchmark {
  /** All operands in the second-level cache, no tile filled in part: the peak of the core. */
  static final String PEAK = "48x256x192";

  /** C, A and B. */
  @State(Scope.Thread)
  public abstract static class Operands {
    @Param public Candidate candidate;

    private int m;
    private Kernels kernels;
    private PackedMatrix right;
    private Matrix left;
    private Matrix result;

    abstract String size();

    /** The m×k matrix A, as it lies in these values. */
    abstract Matrix left(float[] values, int m, int k);

    @Setup
    public void prepare() {
      Size size = Size.parse(size());
      int k = size.dimension(1);
      int n = size.dimension(2);
      m = size.dimension(0);
      kernels = candidate.kernels();
      left = left(Size.filled(m * k), m, k);
      right = kernels.packed(k, n);
      right.pack(k, n, Matrix.of(Size.filled(k * n), n));
      result = Matrix.of(new float[m * n], n);
    }

    float[] multiply() {
      kernels.multiplyAdd(m, left, right, result);
      return result.values();
    }
  }

  /** Shapes of the forward pass and of the gradients by inputs: A lies row by row. */
  @State(Scope.Thread)
  public static class Rows extends Operands {
    /** m×k×n: recurrent products of the presets, batch 1, output layer of word-200. */
    @Param({
      PEAK,
      "50x512x2048",
      "20x650x2600",
      "50x128x512",
      "20x200x800",
      "1x512x2048",
      "400x200x10000"
    })
    public String size;

    @Override
    String size() {
      return size;
    }

    @Override
    Matrix left(float[] values, int m, int k) {
      return Matrix.of(values, k);
    }
  }

  /** Weight gradients: A lies column by column. */
  @State(Scope.Thread)
  public static class Columns extends Operands {
    /** m×k×n: the 4H×T·B by T·B×H product of char-512. */
    @Param("2048x2500x512")
    public String size;

    @Override
    String size() {
      return size;
    }

    @Override
    Matrix left(float[] values, int m, int k) {
      return Matrix.of(values, m).transposed();
    }
  }

  @Benchmark
  public float[] product(Rows operands) {
    return operands.multiply();
  }

  @Benchmark
  public float[] productOfTransposed(Columns operands) {
    return operands.multiply();
  }
}
