package io.unroll.bench.kernels;

import io.unroll.worker.math.Kernels;
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

  @Param public Candidate candidate;

  /** B×H. */
  @Param("50x512")
  public String size;

  private Kernels kernels;
  private int batch;
  private int hidden;
  private float[] source;
  private float[] gates;
  private float[] recurrent;
  private float[] previous;
  private float[] c;
  private float[] tanhC;
  private float[] h;
  private float[] dh;

  @Setup
  public void prepare() {
    Size parsed = Size.parse(size);
    kernels = candidate.kernels();
    batch = parsed.dimension(0);
    hidden = parsed.dimension(1);
    int states = batch * hidden;
    source = Size.filled(MOST_GATES * states);
    gates = source.clone();
    recurrent = source.clone();
    previous = Size.filled(states);
    c = Size.filled(states);
    tanhC = Size.filled(states);
    h = Size.filled(states);
    dh = Size.filled(states);
  }

  @Setup(Level.Invocation)
  public void restore() {
    System.arraycopy(source, 0, gates, 0, source.length);
    System.arraycopy(source, 0, recurrent, 0, source.length);
    System.arraycopy(source, 0, c, 0, c.length);
  }

  @Benchmark
  public float[] lstmForward() {
    kernels.lstmForward(batch, hidden, gates, 0, previous, 0, c, 0, tanhC, 0, h, 0);
    return h;
  }

  /** c holds the gradient by the cell state. */
  @Benchmark
  public float[] lstmBackward() {
    kernels.lstmBackward(batch, hidden, gates, 0, previous, 0, tanhC, 0, dh, 0, c);
    return gates;
  }

  @Benchmark
  public float[] gruForward() {
    kernels.gruResetAfterForward(batch, hidden, gates, 0, recurrent, 0, previous, 0, h, 0);
    return h;
  }

  /** c takes the gradient by the previous state. */
  @Benchmark
  public float[] gruBackward() {
    kernels.gruResetAfterBackward(batch, hidden, gates, 0, recurrent, 0, previous, 0, dh, 0, c, 0);
    return gates;
  }

  @Benchmark
  public float[] rnnForward() {
    kernels.rnnForward(batch * hidden, gates, 0, h, 0);
    return h;
  }

  @Benchmark
  public float[] rnnBackward() {
    kernels.rnnBackward(batch * hidden, dh, 0, previous, 0, gates, 0);
    return gates;
  }
}
