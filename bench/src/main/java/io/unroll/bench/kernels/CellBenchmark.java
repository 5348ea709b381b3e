package io.unroll.bench.kernels;

import io.unroll.worker.math.Kernels;
import io.unroll.worker.math.Matrix;
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
 * Elementwise passes of one time step of a cell. Passes overwrite what they read, so arrays are
 * restored before each call, outside the time. Run: {@code bench/kernels Cell -p size=50x128}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class CellBenchmark {
  private static final int MOST_GATES = 4;
  private static final int GRU_GATES = 3;

  @Param public Candidate candidate;

  /** B×H. */
  @Param("50x512")
  public String size;

  private Kernels kernels;
  private int batch;
  private int hidden;
  private float[] source;
  private Matrix lstmGates;
  private Matrix gruGates;
  private Matrix recurrent;
  private Matrix sums;
  private Matrix previous;
  private Matrix c;
  private Matrix tanhC;
  private Matrix h;
  private Matrix dh;

  @Setup
  public void prepare() {
    Size parsed = Size.parse(size);
    kernels = candidate.kernels();
    batch = parsed.dimension(0);
    hidden = parsed.dimension(1);
    source = Size.filled(MOST_GATES * batch * hidden);
    float[] gates = source.clone();
    lstmGates = Matrix.of(gates, MOST_GATES * hidden);
    gruGates = Matrix.of(gates, GRU_GATES * hidden);
    sums = Matrix.of(gates, hidden);
    recurrent = Matrix.of(source.clone(), GRU_GATES * hidden);
    previous = states();
    c = states();
    tanhC = states();
    h = states();
    dh = states();
  }

  private Matrix states() {
    return Matrix.of(Size.filled(batch * hidden), hidden);
  }

  @Setup(Level.Invocation)
  public void restore() {
    System.arraycopy(source, 0, sums.values(), 0, source.length);
    System.arraycopy(source, 0, recurrent.values(), 0, source.length);
    System.arraycopy(source, 0, c.values(), 0, c.values().length);
  }

  @Benchmark
  public float[] lstmForward() {
    kernels.lstmForward(batch, 0, hidden, lstmGates, previous, c, tanhC, h);
    return h.values();
  }

  /** c holds the gradient by the cell state. */
  @Benchmark
  public float[] lstmBackward() {
    kernels.lstmBackward(batch, 0, hidden, lstmGates, previous, tanhC, dh, c);
    return lstmGates.values();
  }

  @Benchmark
  public float[] gruForward() {
    kernels.gruResetAfterForward(batch, 0, hidden, gruGates, recurrent, previous, h);
    return h.values();
  }

  /** c takes the gradient by the previous state. */
  @Benchmark
  public float[] gruBackward() {
    kernels.gruResetAfterBackward(batch, 0, hidden, gruGates, recurrent, previous, dh, c);
    return gruGates.values();
  }

  @Benchmark
  public float[] rnnForward() {
    kernels.rnnForward(batch, 0, hidden, sums, h);
    return h.values();
  }

  @Benchmark
  public float[] rnnBackward() {
    kernels.rnnBackward(batch, 0, hidden, dh, previous, sums);
    return sums.values();
  }
}
